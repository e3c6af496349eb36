/**
 * What the sandbox knows when it starts. All of it is invented: no card number here passes the Luhn check, no bank and
 * no person exists. targets/embedded.yaml has the requests that go with it, README.md shows it as a table.
 */

/** The codes with which a registration can fail. Source: page 000, lines 208 to 291. */
export type FailureCode = '002_014' | '002_015' | '002_016' | '002_017' | '002_018' | '002_043';

/** How a registration goes: at once or step by step to its account, into a failure, or on for ever. */
export type Fate = 'registered-at-once' | 'registered' | 'never-ends' | FailureCode;

interface IdRange {
  readonly from: bigint;
  /** Included. */
  readonly to: bigint;
}

/** Ids that belong to no member, or to one who has left. Every other id from 1 to 9999999999999999999 is a member. */
export const nonMembers: readonly IdRange[] = [
  { from: 1006000n, to: 1006999n },
  { from: 9001006000000000000n, to: 9001006999999999999n },
];

/** How the registrations of some members go; those of all others are registered step by step. */
export const fates: readonly (IdRange & { readonly fate: Fate })[] = [
  { from: 2000000n, to: 2000999n, fate: 'registered-at-once' },
  { from: 9002000000000000000n, to: 9002000999999999999n, fate: 'registered-at-once' },
  { from: 2013000n, to: 2013999n, fate: 'never-ends' },
  { from: 9002013000000000000n, to: 9002013999999999999n, fate: 'never-ends' },
  { from: 2014000n, to: 2014999n, fate: '002_014' },
  { from: 9002014000000000000n, to: 9002014999999999999n, fate: '002_014' },
  { from: 2015000n, to: 2015999n, fate: '002_015' },
  { from: 9002015000000000000n, to: 9002015999999999999n, fate: '002_015' },
  { from: 2016000n, to: 2016999n, fate: '002_016' },
  { from: 9002016000000000000n, to: 9002016999999999999n, fate: '002_016' },
  { from: 2017000n, to: 2017999n, fate: '002_017' },
  { from: 9002017000000000000n, to: 9002017999999999999n, fate: '002_017' },
  { from: 2018000n, to: 2018999n, fate: '002_018' },
  { from: 9002018000000000000n, to: 9002018999999999999n, fate: '002_018' },
  { from: 2043000n, to: 2043999n, fate: '002_043' },
  { from: 9002043000000000000n, to: 9002043999999999999n, fate: '002_043' },
];

/** Registrations that began long ago: they have come to their end, or never will. */
export const registrations: readonly {
  readonly regNo: string;
  readonly member: bigint;
  readonly fate: Fate;
}[] = [
  { regNo: '2025010109000000000000', member: 9876543210123456789n, fate: 'registered' },
  { regNo: '2025010109000000000013', member: 9002013000000000001n, fate: 'never-ends' },
  { regNo: '2025010109000000000014', member: 9002014000000000001n, fate: '002_014' },
  { regNo: '2025010109000000000015', member: 9002015000000000001n, fate: '002_015' },
  { regNo: '2025010109000000000016', member: 9002016000000000001n, fate: '002_016' },
  { regNo: '2025010109000000000017', member: 9002017000000000001n, fate: '002_017' },
  { regNo: '2025010109000000000018', member: 9002018000000000001n, fate: '002_018' },
  { regNo: '2025010109000000000043', member: 9002043000000000001n, fate: '002_043' },
];

/** What a registration leaves behind. */
export interface AccountDetails {
  readonly userName: string;
  /** 1 to 20 characters. */
  readonly bankAccount: string;
  /** 1 to 10 characters. */
  readonly bankName: string;
  /** 3 characters. */
  readonly bankCode: string;
}

export interface Account extends AccountDetails {
  /** 5 characters. */
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly updated: number;
}

export const accounts: ReadonlyMap<bigint, Account> = new Map([
  [
    9876543210123456789n,
    {
      accountId: 'P0001',
      userName: '가온누리',
      bankAccount: '999-00-1234567',
      bankName: '새벽은행',
      bankCode: '901',
      created: Date.UTC(2025, 0, 1, 0, 0, 1, 234),
      updated: Date.UTC(2025, 5, 30, 12, 34, 56, 789),
    },
  ],
  [
    9876543210123456797n,
    {
      accountId: 'P0002',
      userName: '다온마루',
      bankAccount: '999-00-7654321',
      bankName: '노을은행',
      bankCode: '902',
      created: Date.UTC(2025, 1, 2, 3, 4, 5, 678),
      updated: Date.UTC(2025, 1, 2, 3, 4, 5, 678),
    },
  ],
]);

/** Names of members and banks, for requests that leave them out. */
export const memberName = '마루한별';
export const bankNames: ReadonlyMap<string, string> = new Map([
  ['901', '새벽은행'],
  ['902', '노을은행'],
  ['903', '한낮은행'],
]);

export interface MobileCard {
  readonly cardApplyNo: string;
  readonly issueType: 'ISSUE' | 'REISSUE';
  readonly digital: {
    readonly cardNo: string;
    readonly par: string;
    readonly serviceId: string;
    readonly serviceName: string;
    readonly mobileCardCVC: string;
  };
  readonly status: string;
  readonly values: {
    readonly balance: number;
    readonly points?: readonly {
      readonly policyType?: string;
      readonly policyId?: string;
      readonly policyName?: string;
      readonly amount?: number;
    }[];
  };
  readonly requester: 'APP' | 'CC';
}

/** A plastic card, sent to a member. */
export interface PhysicalCard {
  readonly holder: bigint;
  readonly number: string;
  /** YYMM */
  readonly expiry: string;
  readonly cvc: string;
  /** The mobile cards waiting for it; undefined when no card was issued for it at all (003_049). */
  readonly waiting: readonly MobileCard[] | undefined;
}

export const physicalCards: readonly PhysicalCard[] = [
  {
    holder: 9804000000000000011n,
    number: '9999000011110011',
    expiry: '3112',
    cvc: '101',
    waiting: [
      {
        cardApplyNo: '2025020110000000000001',
        issueType: 'ISSUE',
        digital: {
          cardNo: '9999000022220011',
          par: 'SANDBOXPAR00000000000000001',
          serviceId: 'SBX000000000001',
          serviceName: '누리 모바일 카드',
          mobileCardCVC: '201',
        },
        status: 'DIGITAL_ISSUED',
        values: {
          balance: 120500,
          points: [
            { policyType: '00', policyId: 'SBXP00000000001', policyName: '누리 포인트', amount: 3200 },
            { policyType: '02', policyId: 'SBXP00000000002', policyName: '해오름 캐시백', amount: 0 },
          ],
        },
        requester: 'APP',
      },
      {
        cardApplyNo: '2025020110000000000002',
        issueType: 'REISSUE',
        digital: {
          cardNo: '9999000022220022',
          par: 'SANDBOXPAR00000000000000002',
          serviceId: 'SBX2',
          serviceName: '해오름 카드',
          mobileCardCVC: '202',
        },
        status: 'SHIPPING',
        values: { balance: 0 },
        requester: 'CC',
      },
    ],
  },
  { holder: 9804000000000000012n, number: '9999000011110012', expiry: '3111', cvc: '102', waiting: [] },
  {
    holder: 9804000000000000013n,
    number: '9999000011110013',
    expiry: '3110',
    cvc: '103',
    waiting: undefined,
  },
];
