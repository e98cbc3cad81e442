/** What the household is told of an account that may not do all it should: what follows from that, and the cure. Pure. */

/** By the name of the permission, or the first part of it. What is not named here concerns single files. */
const consequences: readonly (readonly [RegExp, string])[] = [
  [/^asset\.upload$/, 'nothing can be sent to Immich until it has it'],
  [/^asset\.download$/, 'nothing can be read back, so nothing new is called safe until it has it'],
  [/^album\.create$/, 'pictures are kept safe, and those of new albums wait to be put into them'],
  [/^album/, 'pictures are kept safe, and wait to be put into their albums'],
  [/^tag/, 'pictures are kept safe, and wait for their tags'],
  [/^asset\.(read|update)$/, 'live photos are kept safe, and wait to be joined or parted in Immich'],
];

export function tellPermissionMissing({ account, permission }: { readonly account: string; readonly permission: string }): string {
  const follows = consequences.find(([pattern]) => pattern.test(permission))?.[1] ?? 'what needs it waits';
  return `The key of account "${account}" lacks the permission "${permission}": ${follows}. Give it to the key in Immich's account settings. It is tried every hour, and at once after: homeroll retry.`;
}

export function tellQuotaFull({ account }: { readonly account: string }): string {
  return `The quota of account "${account}" in Immich is used up: new pictures wait. An admin of Immich can raise it, or make room there. It is tried every hour, and at once after: homeroll retry.`;
}

/** @param why Immich's refusal with its cure, as a sentence */
export function tellKeyRefused({ account, why }: { readonly account: string; readonly why: string }): string {
  return `Account "${account}" stands still: ${why} It goes on by itself when its key is taken again.`;
}
