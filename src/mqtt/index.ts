/** The device in Home Assistant, by MQTT: a door like the command line. */
export { checkLogin } from './check-login.ts';
export { Device, type DeviceParts, type Farewell } from './device.ts';
