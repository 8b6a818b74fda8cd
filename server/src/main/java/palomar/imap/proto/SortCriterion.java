package palomar.imap.proto;

import java.util.Optional;

/// One of the criteria of SORT, the first being the most important. RFC 5256 5
///
/// @param reverse from the largest to the smallest; messages that are equal keep their order all the same
/// @param annotation of which value; there when the key is ANNOTATION
public record SortCriterion(SortKey key, boolean reverse, Optional<AnnotationKey> annotation) {
    public SortCriterion(SortKey key, boolean reverse) {
        this(key, reverse, Optional.empty());
    }

    /// What is equal by this is equal by that.
    boolean comparesAs(SortCriterion other) {
        return key == other.key && annotation.equals(other.annotation);
    }
}
