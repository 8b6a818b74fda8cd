package palomar.sieve.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palomar.message.CaseFold;
import palomar.sieve.Run;
import palomar.sieve.syntax.Octets;

/// A pattern of `:matches`: the pieces between its stars. Immutable. RFC 5228 2.7.1
///
/// The first piece is bound to the start of the value, the last to its end; each of the others is taken where it
/// is found first, which is both all that has to be tried and what makes wildcards match as little as possible
/// (RFC 5229 3.2). The work is at most the value's length times the pattern's.
final class Glob {
    /// In a piece: any one character. Folded keys can't have it, because it is no character.
    private static final char ONE = '\uffff';

    private final List<String> pieces;
    private final Comparator.Folding folding;
    /// Characters that aren't ASCII, or `?`, are looked at octet by octet.
    private final boolean byOctet;

    private final int wildcards;

    private Glob(List<String> pieces, Comparator.Folding folding, boolean byOctet, int wildcards) {
        this.pieces = pieces;
        this.folding = folding;
        this.byOctet = byOctet;
        this.wildcards = wildcards;
    }

    static Glob of(String pattern, Comparator.Folding folding) {
        boolean unicode = folding == Comparator.Folding.UNICODE;
        String key = unicode ? pattern : Octets.wide(pattern);
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int wildcards = 0;
        boolean ones = false;
        int at = 0;
        while (at < key.length()) {
            char c = key.charAt(at);
            if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
                wildcards++;
                at++;
            } else if (c == '?') {
                piece.append(ONE);
                wildcards++;
                ones = true;
                at++;
            } else {
                at += c == '\\' && at + 1 < key.length() ? 1 : 0;
                int end = unicode ? key.offsetByCodePoints(at, 1) : at + 1;
                piece.append(folded(key.substring(at, end), folding));
                at = end;
            }
        }
        pieces.add(piece.toString());
        return new Glob(List.copyOf(pieces), folding, !unicode && (ones || !Octets.isAscii(key)), wildcards);
    }

    private static String folded(String character, Comparator.Folding folding) {
        return switch (folding) {
            case NONE -> character;
            case ASCII -> Fold.upper(character);
            case UNICODE -> CaseFold.fold(character);
        };
    }

    /// @param captures a match is remembered by the run
    boolean matches(Run run, String value, boolean captures) {
        Search search = search(value, captures);
        boolean found = search.whole();
        run.charge(search.work / 16);
        if (found && captures) {
            run.matched(search.captured());
        }
        return found;
    }

    private Search search(String value, boolean captures) {
        int[] marks = captures ? new int[wildcards * 2] : new int[0];
        if (folding != Comparator.Folding.UNICODE) {
            return new Search(byOctet ? Octets.wide(value) : value, value, new int[0], marks);
        }
        if (Octets.isAscii(value)) {
            return new Search(Fold.upper(value), value, new int[0], marks);
        }
        StringBuilder folded = new StringBuilder(value.length() + 16);
        int[] sources = new int[value.length() + 16];
        for (int at = 0; at < value.length(); ) {
            int end = value.offsetByCodePoints(at, 1);
            int from = folded.length();
            folded.append(CaseFold.fold(value.substring(at, end)));
            if (folded.length() >= sources.length) {
                sources = Arrays.copyOf(sources, folded.length() * 2);
            }
            Arrays.fill(sources, from, folded.length(), at);
            at = end;
        }
        sources[folded.length()] = value.length();
        return new Search(folded.toString(), value, sources, marks);
    }

    /// One comparison with one value.
    private final class Search {
        private final String text;
        private final String value;
        /// Of each place of the text the place of its character in the value; empty: the places are the same.
        private final int[] sources;
        /// Starts and ends of what wildcards stand for.
        private final int[] marks;
        private int marked;
        private int work;

        Search(String text, String value, int[] sources, int[] marks) {
            this.text = text;
            this.value = value;
            this.sources = sources;
            this.marks = marks;
        }

        boolean whole() {
            int last = pieces.size() - 1;
            int at = matchAt(pieces.getFirst(), 0);
            if (last == 0 || at < 0) {
                return at == text.length();
            }
            for (int i = 1; i < last; i++) {
                at = find(pieces.get(i), at);
                if (at < 0) {
                    return false;
                }
            }
            return findLast(pieces.get(last), at);
        }

        /// Looks for a piece behind a star at or behind `from`; the end of where it is, -1 when it is nowhere.
        private int find(String piece, int from) {
            int before = marked;
            for (int start = from; start <= text.length(); start = next(start)) {
                mark(from, start);
                int end = matchAt(piece, start);
                if (end >= 0) {
                    return end;
                }
                marked = before;
            }
            return -1;
        }

        private boolean findLast(String piece, int from) {
            int start = sources.length == 0 ? text.length() - piece.length() : startOfLast(piece);
            if (start < from) {
                return false;
            }
            mark(from, start);
            return matchAt(piece, start) == text.length();
        }

        /// Where a piece has to start to end with the text, when one character may be many.
        private int startOfLast(String piece) {
            int at = text.length();
            for (int i = piece.length() - 1; i >= 0 && at >= 0; i--) {
                at--;
                while (piece.charAt(i) == ONE && at > 0 && sources[at - 1] == sources[at]) {
                    at--;
                }
            }
            return at;
        }

        /// The end of the piece when it stands at `from`; else -1.
        private int matchAt(String piece, int from) {
            int at = from;
            for (int i = 0; i < piece.length(); i++) {
                work++;
                if (at >= text.length()) {
                    return -1;
                }
                char c = piece.charAt(i);
                if (c == ONE) {
                    int end = next(at);
                    mark(at, end);
                    at = end;
                } else if (c == text.charAt(at)
                        || folding == Comparator.Folding.ASCII && c == Fold.upper(text.charAt(at))) {
                    at++;
                } else {
                    return -1;
                }
            }
            return at;
        }

        private int next(int at) {
            int next = at + 1;
            while (sources.length > 0 && next < text.length() && sources[next] == sources[at]) {
                next++;
            }
            return next;
        }

        private void mark(int from, int to) {
            if (marks.length > 0) {
                marks[marked++] = from;
                marks[marked++] = to;
            }
        }

        /// The value, and what each wildcard stands for.
        List<String> captured() {
            List<String> captured = new ArrayList<>(wildcards + 1);
            captured.add(value);
            for (int i = 0; i < marked; i += 2) {
                captured.add(captured(marks[i], marks[i + 1]));
            }
            return captured;
        }

        private String captured(int from, int to) {
            if (sources.length > 0) {
                return value.substring(sources[from], sources[to]);
            }
            return byOctet ? Octets.narrow(text.substring(from, to)) : value.substring(from, to);
        }
    }
}
