import type { RocketchatSession, RocketchatToken, RocketchatUser } from './api/rocketchat-model.ts';
import { DAY_MS, HOUR_MS } from './clock.ts';
import type { Company, Person } from './company.ts';
import { rocketchatDeviceAt, type DeviceModel } from './device.ts';
import type { Random } from './random.ts';
import type { Address, Addresses } from './world.ts';

/** The company's chat: everybody's current connections, at most a page of 50. */
export type ChatStage = {
  readonly users: RocketchatUser[];
  readonly sessions: RocketchatSession[];
  /** The operator's credential. */
  readonly token: RocketchatToken;
};

/** Every fifth person has the chat on the phone too. */
const WITH_PHONE_EACH = 5;
const HOST = 'chat.northwind.example';

/** Laptops of all, phones of some, and the session of somebody who left and whose user was deleted. */
export function createChatStage(
  company: Company,
  addresses: Addresses,
  nowMs: number,
  random: Random,
): ChatStage {
  const session = (userId: string, device: DeviceModel, address: Address, own: Random): RocketchatSession => {
    const loginAtMs = nowMs - own.between(3 * HOUR_MS, 9 * DAY_MS);
    return {
      sessionId: own.id(17),
      loginToken: own.id(43),
      userId,
      device: rocketchatDeviceAt(device, loginAtMs),
      host: HOST,
      ip: address.ip,
      loginAtMs,
      lastActivityAtMs: nowMs - own.between(0, HOUR_MS),
      closedAtMs: null,
      logoutAtMs: null,
      logoutBy: null,
    };
  };
  const connections = (person: Person, index: number): RocketchatSession[] => {
    const own = random.fork(person.name);
    const laptop = session(person.id, person.laptop, person.at.home, own);
    if (index % WITH_PHONE_EACH !== 0) return [laptop];
    return [laptop, session(person.id, person.phone, person.at.phone, own)];
  };
  const leaver = random.fork('leaver');
  const left = session(leaver.id(17), 'chrome-windows', addresses.take('berlin', 'fixed'), leaver);
  const { operator } = company;
  return {
    users: company.people.map((person) => userOf(person, person === operator)),
    sessions: [...company.people.flatMap(connections), left],
    token: { userId: operator.id, token: random.fork('token').id(43), ignoresSecondFactor: true },
  };
}

function userOf({ id, username, name, email }: Person, isAdmin: boolean): RocketchatUser {
  return {
    id,
    username,
    name,
    email,
    permissions: isAdmin ? ['view-device-management', 'logout-device-management'] : [],
  };
}
