package palomar.imap.proto;

/// What SEARCH RETURN (...) can ask; the constants' names are the words on the wire. RFC 9051 6.4.4
public enum SearchReturn {
    MIN,
    MAX,
    ALL,
    COUNT,
    /// Keep the result as `$`. RFC 9051 6.4.4.1
    SAVE
}
