package palomar.imap.order;

import palomar.message.Collation;

/// What of a message is compared with others.
sealed interface Property {

    /// The Date field, or else the internal date. RFC 5256 2.2
    record SentDate() implements Property {}

    /// A text by its rank.
    record Text(Field field, Collation collation) implements Property {}

    /// References and what else makes conversations.
    record Links() implements Property {}

    /// Where texts come from. RFC 5256 3, RFC 5957 4
    enum Field {
        SUBJECT,
        FROM,
        TO,
        CC,
        DISPLAYFROM,
        DISPLAYTO
    }
}
