import type { Texts } from './shape.ts'

export const en: Texts = {
  errors: {
    validation_failed:
      '{field, select, none {The request is not valid. See the API reference for what is expected.} other {“{field}” {problem}.}}',
    unauthorized:
      '{reason, select, credential {This credential is not valid or has expired. Sign in again and repeat the request.} password {The username or password is wrong.} code {This code is wrong or no longer good. Try again, or have a new one sent.} proof {Prove who this is: send an API key, or the userHash of this userId.} other {Sign in first: send a token, an API key, or the console’s cookie.}}',
    forbidden:
      '{reason, select, origin {This website may not call the server. Add its origin to FRONTEND_URLS or to the allowed sites in the console.} password {Change your password first: somebody else has made the one you have.} other {You may not do this. Ask an administrator if you should.}}',
    identity_mismatch: 'The id in the request is not yours. Leave it out: the server knows who is calling.',
    not_friends: 'You may only write to friends and staff. Send a friend request first.',
    not_found:
      '{reason, select, route {There is no such address. See /docs for those there are.} other {This does not exist, or you may not know of it. Check the id.}}',
    session_ended: 'This session has ended. Start a new one to go on.',
    no_operator_available: 'No operator is free. The session stays in the queue; try again later.',
    operator_at_capacity: 'This operator has no room. Choose another one, or wait until a session ends.',
    recall_window_passed: 'It is too late to recall this message.',
    conflict:
      '{reason, select, username {This username is taken. Choose another one.} load {The operator holds more sessions than that. End or transfer some first.} client_message_id {This clientMessageId has been used for another message. Use a new one.} identity_secret {The identity secret comes from IDENTITY_SECRET. Change it there, then restart the server.} inactive {This operator is not active. Activate it first.} phone {This phone number belongs to somebody else.} role {This person has another role now. Give it the role of an operator first.} own_role {You can’t take your own admin rights away. Ask another admin.} group_full {A group has at most 1,000 people. Take some out first.} no_group {Only groups can be changed. Make a group for more people.} reactions {This message takes no further reactions: it was recalled, or has 20 kinds of them.} friend {You are friends already, or you have blocked this person.} no_connection {Connect first: only who is connected can be away or hidden.} other {This does not fit the present state. Load it again, then decide.}}',
    payload_too_large: 'This is too large: at most {max} are allowed. Send less at once.',
    unsupported_media_type:
      '{reason, select, multipart {Send the file itself, as multipart/form-data over HTTP.} type {Files of this kind are not taken. Send a picture, sound, video, PDF, office document, ZIP archive or plain text.} picture {This picture is damaged or too large to be read. Save it anew, then send it again.} no_picture {This is no picture. Send a JPEG, PNG, WebP, GIF or AVIF.} other {The body must be JSON: send it with “Content-Type: application/json”, not compressed.}}',
    rate_limited:
      'Too many requests. Wait {seconds, plural, one {# second} other {# seconds}}, then go on more slowly.',
    protocol_outdated: 'This page is older than the server. Reload it.',
    internal: 'Something went wrong on the server. Try again; if it stays, report the requestId.',
    unavailable:
      '{reason, select, stopping {The server is being restarted. Try again in a few seconds.} protocol {This page is newer than the server. Try again in a few seconds.} sms {The text could not be sent. Try again in a minute.} sms_off {This server sends no texts to phones. Its operator has to set SMS_DRIVER.} files {The server can’t reach its file storage at the moment. Try again in a few seconds.} other {The server can’t reach its database at the moment. Try again in a few seconds.}}',
  },
  problems: {
    required: 'is required',
    type: 'must be {expected}',
    text_short: '{min, plural, one {must not be empty} other {must have at least # characters}}',
    text_long: 'must have at most {max} characters',
    number_small: 'must be at least {min}',
    number_big: 'must be at most {max}',
    list_short: 'must have at least {min} entries',
    list_long: 'must have at most {max} entries',
    one_of: 'must be one of: {values}',
    whole_number: 'must be a whole number',
    email: 'must be an e-mail address',
    phone: 'must be a phone number that texts reach, with its country code, such as +8613800138000',
    moment: 'must be a time such as 2026-01-31T12:00:00.000Z',
    form: 'does not have the right form',
    too_deep: 'is nested too deeply',
    object: 'must be a JSON object',
    json: 'must be valid JSON',
    encoding: 'must be UTF-8 text',
    unknown_event: 'is no event of this server; see /asyncapi.json',
    one_argument: 'must be one payload and, if wished, an acknowledgement callback',
    one_file: 'must be one file, not several',
    own_picture: 'must be a picture that you have uploaded',
    password_wrong: 'is not the present password',
    password_same: 'must differ from the present password',
    username_without_password: 'needs a password, and there is none',
    password_without_username: 'needs a username, and there is none',
  },
  types: {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a JSON object',
  },
  rules: {
    'is required': 'is required',
    'must not be empty': 'must not be empty',
    'must have at most {max} characters': 'must have at most {max} characters',
    'must be a visitor or user': 'must be a visitor or user',
    'must be a message of this session': 'must be a message of this session',
    'must be a file of this server or an https URL on an allowed host':
      'must be a file of this server or an https URL on an allowed host',
    'is for automatic senders only': 'is for automatic senders only',
    'excludes beforeSeq': 'excludes beforeSeq',
    'excludes operatorId and strategy': 'excludes operatorId and strategy',
    'must be another person': 'must be another person',
    'must be the other one of this session': 'must be the other one of this session',
    'must be a phone number that texts reach, with its country code':
      'must be a phone number that texts reach, with its country code',
  },
  sms: {
    code: '{site}: {code} is your code to sign in. It is good for {minutes} minutes; give it to nobody.',
  },
  sentences: {},
}
