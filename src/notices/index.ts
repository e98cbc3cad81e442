/** The door of phones and of Home Assistant's own notices: problems hang there as long as they last, and buttons are answered. */
export { Notices, type NoticesParts } from './notices.ts';
