/** Nominal types: a Sha1 is a string that only the border may make. */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
