package palomar.imap.proto;

/// What SORT can order by; the constants' names are the words on the wire. RFC 5256 3 (BASE.6.4.SORT), RFC 5957 4
public enum SortKey {
    /// A value that messages were given. RFC 5257 4.9
    ANNOTATION,
    ARRIVAL,
    CC,
    DATE,
    DISPLAYFROM,
    DISPLAYTO,
    FROM,
    /// The most relevant first. RFC 6203 6
    RELEVANCY,
    SIZE,
    SUBJECT,
    TO
}
