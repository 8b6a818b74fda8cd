package palomar.imap.proto;

/// One of the criteria of SORT, the first being the most important. RFC 5256 5
///
/// @param reverse from the largest to the smallest; messages that are equal keep their order all the same
public record SortCriterion(SortKey key, boolean reverse) {}
