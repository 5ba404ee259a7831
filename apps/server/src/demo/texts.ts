import type { Locale } from '../operations/types.ts'

export interface Product {
  readonly picture: 'chair' | 'lamp' | 'table'
  readonly name: string
  readonly about: string
  readonly price: string
}

export interface DemoTexts {
  readonly title: string
  readonly demo: string
  readonly console: string
  readonly otherSite: string
  readonly sameSite: string
  readonly otherLanguage: { readonly href: string; readonly lang: Locale; readonly name: string }
  readonly skip: string
  readonly navigation: readonly string[]
  readonly heading: string
  readonly lead: string
  readonly products: readonly Product[]
  readonly promises: readonly { readonly what: string; readonly more: string }[]
  readonly questions: string
  readonly answers: readonly { readonly question: string; readonly answer: string }[]
  readonly footer: string
}

const en: DemoTexts = {
  title: 'Birch & Stone: furniture that stays',
  demo: 'This is a demo shop. Write to it with the button at the bottom, and answer in the',
  console: 'console',
  otherSite: 'See it as another website',
  sameSite: 'See it on the server’s own site',
  otherLanguage: { href: '?lang=zh', lang: 'zh', name: '中文' },
  skip: 'Skip to the products',
  navigation: ['Chairs', 'Tables', 'Lamps', 'About us'],
  heading: 'Furniture that stays',
  lead: 'Made of solid wood by two dozen people, repaired for as long as you own it. Ask us anything: we are here from nine to six.',
  products: [
    { picture: 'chair', name: 'Fjord chair', about: 'Oak, ash or walnut. Seat 46 cm high.', price: '€ 189' },
    {
      picture: 'table',
      name: 'Grove table',
      about: 'Solid oak, 140 or 160 cm, seats up to eight.',
      price: '€ 740',
    },
    { picture: 'lamp', name: 'Ember lamp', about: 'Warm light, linen shade, with a dimmer.', price: '€ 95' },
  ],
  promises: [
    { what: 'Free delivery', more: 'within five days, also on Saturdays' },
    { what: '30 days to return', more: 'we collect it from your door' },
    { what: '10 years of repairs', more: 'because a scratch is no reason to part' },
  ],
  questions: 'Often asked',
  answers: [
    {
      question: 'Can I try a chair before I buy it?',
      answer: 'Yes, in our workshop, or at home for 30 days.',
    },
    { question: 'Do you ship abroad?', answer: 'To all of Europe. For other places write to us.' },
  ],
  footer: 'Birch & Stone is made up. Its chat is real: it is Parley, served by this very machine.',
}

const zh: DemoTexts = {
  title: '桦石家具：用得久的家具',
  demo: '这是演示商店。点击页面底部的按钮发消息，并在此处回复：',
  console: '客服控制台',
  otherSite: '以另一个网站的身份查看',
  sameSite: '在服务器自己的网站上查看',
  otherLanguage: { href: '?lang=en', lang: 'en', name: 'English' },
  skip: '跳到商品',
  navigation: ['椅子', '桌子', '灯具', '关于我们'],
  heading: '用得久的家具',
  lead: '二十多位匠人以实木制作，终身可修。有任何问题都可以问我们：每天九点到十八点在线。',
  products: [
    { picture: 'chair', name: '峡湾椅', about: '橡木、白蜡木或胡桃木，座高 46 厘米。', price: '¥ 1,480' },
    {
      picture: 'table',
      name: '林间餐桌',
      about: '实木橡木，140 或 160 厘米，最多可坐八人。',
      price: '¥ 5,800',
    },
    { picture: 'lamp', name: '余烬台灯', about: '暖光，亚麻灯罩，可调光。', price: '¥ 740' },
  ],
  promises: [
    { what: '免费送货', more: '五天内送达，周六也送' },
    { what: '30 天退货', more: '上门取件' },
    { what: '10 年维修', more: '有划痕不必换新' },
  ],
  questions: '常见问题',
  answers: [
    { question: '购买前可以试坐吗？', answer: '可以，到我们的工坊，或在家试用 30 天。' },
    { question: '可以送到国外吗？', answer: '欧洲各国均可，其他地区请联系我们。' },
  ],
  footer: '桦石家具是虚构的，聊天是真的：它就是由这台机器提供的 Parley。',
}

export const DEMO_TEXTS: Readonly<Record<Locale, DemoTexts>> = { en, zh }
