package palomar.imap.proto;

/// What SEARCH RETURN (...) can ask; the constants' names are the words on the wire. RFC 9051 6.4.4
public enum SearchReturn {
    MIN,
    MAX,
    ALL,
    COUNT,
    /// Some of the results. RFC 9394 3.1
    PARTIAL,
    /// The same search will be asked again; a hint. RFC 5267 4.2
    CONTEXT,
    /// Tell how the result changes from now on. RFC 5267 4.3
    UPDATE,
    /// How well each result fits a fuzzy search. RFC 6203 4
    RELEVANCY,
    /// Keep the result as `$`. RFC 9051 6.4.4.1
    SAVE
}
