package palomar.imap;

import palomar.storage.UserMail;

/// Where a session stands. RFC 9051 3
sealed interface State {

    record NotAuthenticated() implements State {}

    /// A user is logged in, with or without a mailbox.
    sealed interface LoggedIn extends State {
        UserMail mail();
    }

    record Authenticated(UserMail mail) implements LoggedIn {}

    record Selected(UserMail mail, SelectedMailbox box) implements LoggedIn {}

    record LoggedOut() implements State {}
}
