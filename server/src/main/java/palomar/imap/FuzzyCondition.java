package palomar.imap;

import java.io.IOException;
import palomar.imap.proto.SearchKey.DayTest;
import palomar.message.Digest;
import palomar.message.FuzzySearch;
import palomar.message.HeaderNames;

/// Conditions that match more or less. RFC 6203 3 to 5. One thread: they keep their buffers.
sealed interface FuzzyCondition extends SearchCondition {

    @Override
    default boolean matches(SearchRow row) throws IOException {
        return score(row) > 0;
    }

    /// The words of a header field.
    record Header(HeaderNames field, FuzzySearch search) implements FuzzyCondition {
        @Override
        public Cost cost() {
            return Cost.DIGEST;
        }

        @Override
        public int score(SearchRow row) throws IOException {
            return search.header(row.cursor().content(), row.digest(), field);
        }
    }

    /// The words of the text, and of the header too.
    record Text(boolean withHeader, FuzzySearch search) implements FuzzyCondition {
        @Override
        public Cost cost() {
            return Cost.BODY;
        }

        @Override
        public int score(SearchRow row) throws IOException {
            return withHeader
                    ? search.text(row.cursor().content(), row.digest())
                    : search.body(row.cursor().content(), row.digest());
        }
    }

    /// A day, give or take a week: each day off counts for 12 of 100. RFC 6203 5
    ///
    /// @param sent by the Date field, or else by the internal date
    record Day(DayTest test, long day, boolean sent) implements FuzzyCondition {
        private static final long SECONDS_A_DAY = 86_400;
        private static final int DAYS = 7;

        @Override
        public Cost cost() {
            return sent ? Cost.DIGEST : Cost.ROW;
        }

        @Override
        public int score(SearchRow row) {
            long of = sent ? row.digest().sentDay() : Digest.NO_DATE;
            if (of == Digest.NO_DATE) {
                of = Math.floorDiv(row.cursor().internalSeconds(), SECONDS_A_DAY);
            }
            long off = switch (test) {
                case BEFORE -> of - day + 1;
                case ON -> Math.abs(of - day);
                case SINCE -> day - of;
            };
            return off > DAYS ? 0 : 100 - 12 * (int) Math.max(0, off);
        }
    }

    /// A size, give or take a quarter. RFC 6203 5
    ///
    /// @param larger than `bytes`, or else smaller
    record Size(boolean larger, long bytes) implements FuzzyCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public int score(SearchRow row) {
            long size = row.cursor().size();
            long off = larger ? bytes - size + 1 : size - bytes + 1;
            long margin = bytes / 4 + 1;
            if (off <= 0) {
                return SURE;
            }
            return off > margin ? 0 : (int) Math.max(1, 90 - 90 * off / margin);
        }
    }
}
