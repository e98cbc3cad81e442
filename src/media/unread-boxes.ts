/** Tells whether a file of boxes has parts that may hold a date and that this room does not read: HEIF, JPEG 2000, JPEG XL, movies. */
import { type Box, boxesIn, everythingIn, findBox, insideMeta } from './boxes.ts';
import type { Peek } from './bytes.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(','));

/** What a file of boxes begins with. */
const firstBoxes = words('ftyp,jP  ,JXL ,moov,mdat,wide,free,skip,pnot,udta,uuid');
/** At the outermost level: frames, tables of frames, pixels, and Exif, which is read. */
const plainOutside = words(
  'ftyp,mdat,free,skip,wide,moov,moof,mfra,sidx,ssix,styp,emsg,prft,pdin,meta,mpvd,jP  ,JXL ,jp2h,jp2c,jxlc,jxlp,jxll,jxli,jbrd,Exif,idat',
);
const plainInHead = words('mvhd,trak,iods,mvex,udta,meta,free,skip,wide,pssh,ctab');
/** Names, places, rights, cameras; how a player shows it; and what phones write beside. */
const plainInUserData = words(
  'date,\xa9xyz,\xa9day,\xa9mak,\xa9mod,\xa9swr,\xa9nam,\xa9cmt,\xa9too,\xa9enc,\xa9fmt,\xa9inf,\xa9req,\xa9ART,\xa9alb,\xa9gen,\xa9cpy,\xa9des,\xa9aut,\xa9key,' +
    'name,titl,auth,perf,cprt,dscp,gnre,rtng,loci,meta,hnti,hinf,kywd,free,skip,smrd,smta,SDLN,cami,LOOP,SelO,AllF,WLOC,yrrc,albm,coll,hclr,Xtra',
);
const plainTracks = words('vide,soun,hint,tmcd,pict');

export function isBoxType(type: string): boolean {
  return firstBoxes.has(type);
}

/** For pictures, and for movies of which nothing is known. */
export async function boxesHoldMore(peek: Peek): Promise<boolean> {
  for await (const box of boxesIn(peek, everythingIn(peek))) {
    if (box.type === 'moov' && (await movieHoldsMore(peek, box))) return true;
    if (box.type === 'meta' && (await pictureMetaHoldsMore(peek, box))) return true;
    if (box.type === 'brob' && (await peek.at(box.at, 4))?.toString('latin1') !== 'Exif') return true;
    if (!plainOutside.has(box.type) && box.type !== 'brob' && !(await isJp2Exif(peek, box))) return true;
  }
  return false;
}

/** Beside what it says itself: may something in a movie's head hold a date? GPS recorders write theirs into tracks of their own. */
export async function movieHoldsMore(peek: Peek, moov: Box): Promise<boolean> {
  if (await headHoldsMore(peek, moov)) return true;
  for await (const box of boxesIn(peek, moov)) {
    if (box.type === 'trak' && !(await isPlainTrack(peek, box))) return true;
    if ((box.type === 'free' || box.type === 'skip') && (await isFilled(peek, box))) return true;
  }
  return false;
}

/** The same, for a movie whose head tells its time: what could still go before that, its makers' own boxes. */
export async function headHoldsMore(peek: Peek, moov: Box): Promise<boolean> {
  for await (const box of boxesIn(peek, moov)) {
    if (!plainInHead.has(box.type)) return true;
    if (box.type !== 'udta') continue;
    for await (const inside of boxesIn(peek, box)) if (!plainInUserData.has(inside.type)) return true;
  }
  return false;
}

const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/** XMP beside a movie's head, as editors write it into MP4: its dates go before the head's. In fragments nobody writes it. */
export async function hasXmpBeside(peek: Peek): Promise<boolean> {
  for await (const box of boxesIn(peek, everythingIn(peek))) {
    if (box.type === 'moof') return false;
    if (box.type === 'uuid' && (await peek.at(box.at, xmpUuid.length))?.equals(xmpUuid)) return true;
  }
  return false;
}

async function isPlainTrack(peek: Peek, trak: Box): Promise<boolean> {
  const mdia = await findBox(peek, trak, 'mdia');
  const hdlr = mdia && (await findBox(peek, mdia, 'hdlr'));
  const type = hdlr && (await peek.at(hdlr.at + 8, 4))?.toString('latin1');
  return type === undefined || plainTracks.has(type);
}

/** Some dash cams keep their log in a box that is free by its name. */
async function isFilled(peek: Peek, { at, endAt }: Box): Promise<boolean> {
  const begin = endAt - at >= 64 ? await peek.at(at, 16) : undefined;
  return begin?.some((byte) => byte !== 0) ?? false;
}

/** `iinf` lists what a HEIF file holds: XMP is an item of type `mime`. Movies keep other things in a `meta` of theirs. */
async function pictureMetaHoldsMore(peek: Peek, meta: Box): Promise<boolean> {
  const names = await findBox(peek, await insideMeta(peek, meta), 'iinf');
  if (!names) return true;
  const version = (await peek.at(names.at, 1))?.[0];
  for await (const entry of boxesIn(peek, { at: names.at + (version === 0 ? 6 : 8), endAt: names.endAt })) {
    const head = await peek.at(entry.at, 1);
    const typeAt = entry.at + 4 + (head?.[0] === 3 ? 4 : 2) + 2;
    const type = (await peek.at(typeAt, 4))?.toString('latin1');
    if (type === 'mime' || type === 'uri ') return true;
  }
  return false;
}

async function isJp2Exif(peek: Peek, { type, at }: Box): Promise<boolean> {
  return type === 'uuid' && (await peek.at(at, 16))?.toString('latin1') === 'JpgTiffExif->JP2';
}
