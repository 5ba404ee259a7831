import { addUsers, befriend, change, changed, opened, openGroup, refusal, sessionIdsOf } from './chat.ts'
import { equal, matches } from './check.ts'
import { accept } from './scene.ts'

const came = (...added: string[]) => ({ kind: 'participants', added, removed: [] })

/** Whom one may bring into a group. */
export const bringing = [
  accept('[G4] those whom a user brings must be its friends or staff', async scene => {
    await addUsers(scene, 'a', 'friend', 'stranger', 'foe')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    await befriend(scene, 'a', 'friend')
    await befriend(scene, 'a', 'foe')
    await scene.store.block('foe', 'a')
    const friendsOf = { friendsOf: 'a' }
    const open = async (ids: string[], more: { anyone?: boolean } = {}) => {
      const result = await openGroup(scene, 'a', ids, { ...friendsOf, ...more })
      return result.kind === 'refused' ? result.code : result.kind
    }
    equal(await open(['stranger', 'friend']), 'not_friends', 'with a stranger')
    equal(await open(['friend', 'foe']), 'not_friends', 'with one who has blocked it')
    equal(await open(['foe'], { anyone: true }), 'not_friends', 'the same where anyone may')
    equal(await open(['friend', 'nobody']), 'not_found', 'with nobody')
    equal(await sessionIdsOf(scene, 'friend'), [], 'what was made')
    equal(await open(['a', 'friend', 'nurse']), 'opened', 'with a friend and staff')
    equal(await open(['stranger'], { anyone: true }), 'opened', 'where anyone may')
    const [sessionId = ''] = await sessionIdsOf(scene, 'nurse')
    const { add } = change(scene, sessionId, 'a')
    equal(await add(['stranger'], friendsOf), refusal('not_friends'), 'adding a stranger')
    equal(await add(['foe'], { ...friendsOf, anyone: true }), refusal('not_friends'), 'adding who blocks it')
    equal(await add(['nobody']), refusal('not_found'), 'adding nobody')
    matches(
      (await changed(add(['stranger'], { ...friendsOf, anyone: true }))).what,
      came('stranger'),
      'anyone',
    )
    equal((await scene.session(sessionId)).lastChange, 1, 'lastChange')
  }),

  accept('[G4] staff bring anyone whom no block parts from them', async scene => {
    await addUsers(scene, 'stranger', 'foe')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    await scene.store.block('foe', 'nurse')
    const bring = async (id: string) => (await openGroup(scene, 'nurse', [id], { friendsOf: 'nurse' })).kind
    equal([await bring('stranger'), await bring('foe')], ['opened', 'refused'], 'the answers')
  }),

  accept('[G4][S11] for an API key people are made', async scene => {
    const made = opened(await openGroup(scene, 'new', ['newer'], { makesPeople: true }))
    matches(await scene.session(made), { ownerId: 'new' }, 'it')
    await changed(change(scene, made, null).add(['newest'], { makesPeople: true }))
    matches(await scene.store.person('newest'), { role: 'user', isActive: true }, 'who was made')
    equal(await openGroup(scene, 'none', ['new']), refusal('not_found'), 'an unknown owner')
  }),
]
