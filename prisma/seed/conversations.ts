/** Whose line it is, how long after the one before (seconds), what it says. */
export type Line = readonly ['visitor' | 'operator', number, string]

export interface Conversation {
  /** Of the session, and with a prefix of its visitor and messages. */
  readonly key: string
  readonly visitor: { readonly name: string; readonly locale: string; readonly timeZone: string }
  readonly subject: string | null
  readonly page: string
  /** Who took it; null while it waits. */
  readonly operatorId: string | null
  /** Minutes before now. */
  readonly startedAgo: number
  /** Until an operator took it, seconds. */
  readonly waited: number
  readonly lines: readonly Line[]
  /** Null while it is open. */
  readonly end: { readonly by: 'visitor' | 'operator'; readonly reason: string } | null
}

export const OPERATORS = [
  { id: 'demo-ada', username: 'demo-ada', name: 'Ada', maxUsers: 2 },
  { id: 'demo-lin', username: 'demo-lin', name: '林薇', maxUsers: 2 },
  { id: 'demo-omar', username: 'demo-omar', name: 'Omar', maxUsers: 3 },
] as const

const HOUR = 60
const DAY = 24 * HOUR

const ENDED: readonly Conversation[] = [
  {
    key: 'demo-late-parcel',
    visitor: { name: 'Hannah Weiss', locale: 'en-GB', timeZone: 'Europe/London' },
    subject: 'Order 4711',
    page: '/orders/4711',
    operatorId: 'demo-ada',
    startedAgo: 6 * DAY + 3 * HOUR,
    waited: 18,
    lines: [
      ['visitor', 0, 'Hi, my order 4711 was due on Tuesday and the tracking has not moved since.'],
      ['operator', 25, 'Hello Hannah, I am sorry about the wait. Let me look it up.'],
      [
        'operator',
        48,
        'It is still at the depot in Leeds: the label came off. They have put a new one on this morning.',
      ],
      ['visitor', 30, 'Ah, good to know. When will it be here?'],
      ['operator', 22, 'Tomorrow before noon. I have also taken the shipping cost off your bill.'],
      ['visitor', 15, 'That is kind, thank you! 😊'],
    ],
    end: { by: 'operator', reason: 'solved' },
  },
  {
    key: 'demo-invoice-title',
    visitor: { name: '王小明', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
    subject: '发票抬头',
    page: '/account/invoices',
    operatorId: 'demo-lin',
    startedAgo: 5 * DAY + 7 * HOUR,
    waited: 9,
    lines: [
      ['visitor', 0, '你好，上周的发票抬头写错了，可以重开吗？'],
      ['operator', 20, '您好！可以的。请把订单号和正确的抬头发给我。'],
      ['visitor', 41, '订单号 5032，抬头：杭州远山科技有限公司'],
      ['operator', 35, '收到，已经为您重开，十分钟内会发到您的邮箱。'],
      ['visitor', 12, '太快了，谢谢！'],
      ['operator', 9, '不客气，祝您生活愉快。'],
    ],
    end: { by: 'visitor', reason: 'left' },
  },
  {
    key: 'demo-chair-height',
    visitor: { name: 'Mateo Ruiz', locale: 'es-ES', timeZone: 'Europe/Madrid' },
    subject: null,
    page: '/chairs/fjord',
    operatorId: 'demo-omar',
    startedAgo: 4 * DAY + 2 * HOUR,
    waited: 31,
    lines: [
      ['visitor', 0, 'Is the Fjord chair high enough for a 75 cm table?'],
      [
        'operator',
        40,
        'Yes: its seat is 46 cm, and 28 to 30 cm below the table top is what most people like.',
      ],
      ['visitor', 33, 'Perfect. Does it come in oak?'],
      ['operator', 19, 'In oak, ash and walnut. Oak ships within two days.'],
      ['visitor', 10, 'Great, ordering two.'],
    ],
    end: { by: 'operator', reason: 'solved' },
  },
  {
    key: 'demo-return-lamp',
    visitor: { name: 'Aiko Tanaka', locale: 'en-US', timeZone: 'America/New_York' },
    subject: 'Return',
    page: '/lamps/ember',
    operatorId: 'demo-ada',
    startedAgo: 2 * DAY + 5 * HOUR,
    waited: 64,
    lines: [
      ['visitor', 0, 'The lamp is lovely but too bright for the bedroom. Can I still return it?'],
      ['visitor', 35, 'I bought it 25 days ago.'],
      [
        'operator',
        52,
        'You can: you have 30 days. Or would a dimmer help? It fits between plug and lamp and costs 9 €.',
      ],
      ['visitor', 44, 'Oh, I would rather try that first.'],
      [
        'operator',
        18,
        'I have put one in your basket, with free shipping. If it does not help, send both back.',
      ],
      ['visitor', 20, 'Deal! Thanks a lot.'],
    ],
    end: { by: 'visitor', reason: 'left' },
  },
  {
    key: 'demo-delivery-date',
    visitor: { name: '陈雨桐', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
    subject: '送货时间',
    page: '/checkout',
    operatorId: 'demo-lin',
    startedAgo: DAY + 4 * HOUR,
    waited: 14,
    lines: [
      ['visitor', 0, '请问周末可以送货吗？我平时白天不在家。'],
      ['operator', 17, '可以的，结算时选择“周末配送”即可，不另收费。'],
      ['visitor', 26, '我没看到这个选项……'],
      ['operator', 38, '抱歉，大件商品的选项在第二步“配送方式”里。我截图给您看也可以。'],
      ['visitor', 29, '找到了！已经下单，周六上午送 👍'],
    ],
    end: { by: 'operator', reason: 'solved' },
  },
]

const OPEN: readonly Conversation[] = [
  {
    key: 'demo-missing-screws',
    visitor: { name: 'Priya Nair', locale: 'en-IN', timeZone: 'Asia/Kolkata' },
    subject: 'Fjord chair',
    page: '/help/assembly',
    operatorId: 'demo-omar',
    startedAgo: 6,
    waited: 12,
    lines: [
      ['visitor', 0, 'Two screws are missing in the bag marked C.'],
      ['operator', 30, 'Sorry about that, Priya! I will send a new bag today. Which colour is your chair?'],
      ['visitor', 25, 'Walnut. Can I sit on it until then?'],
    ],
    end: null,
  },
  {
    key: 'demo-size-advice',
    visitor: { name: '刘思远', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
    subject: null,
    page: '/tables/oak',
    operatorId: 'demo-lin',
    startedAgo: 4,
    waited: 8,
    lines: [
      ['visitor', 0, '四个人用的话，餐桌买 1.4 米还是 1.6 米的好？'],
      ['operator', 22, '如果偶尔有客人，建议 1.6 米。您家餐厅大概多宽？'],
      ['visitor', 40, '三米左右'],
    ],
    end: null,
  },
  {
    key: 'demo-discount',
    visitor: { name: 'Visitor from /sale', locale: 'en-US', timeZone: 'America/Chicago' },
    subject: null,
    page: '/sale',
    operatorId: null,
    startedAgo: 2,
    waited: 0,
    lines: [['visitor', 0, 'Does the 10 % code work on lamps that are on sale already?']],
    end: null,
  },
]

export const CONVERSATIONS: {
  readonly ended: readonly Conversation[]
  readonly open: readonly Conversation[]
} = {
  ended: ENDED,
  open: OPEN,
}
