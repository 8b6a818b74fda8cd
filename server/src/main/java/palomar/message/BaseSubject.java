package palomar.message;

/// The base subject: what replies and forwards of one mail have in common. RFC 5256 2.1
public final class BaseSubject {
    private String text;
    private boolean reply;

    private BaseSubject(String text) {
        this.text = text;
    }

    /// The base of a decoded subject; linear in its length.
    public static String of(String decoded) {
        BaseSubject subject = new BaseSubject(collapse(decoded));
        subject.strip();
        return subject.text;
    }

    /// Does a decoded subject say that it is a reply or a forward: does finding its base take away such a word, or
    /// such an end? RFC 5256 3 (REFERENCES)
    public static boolean isReply(String decoded) {
        BaseSubject subject = new BaseSubject(collapse(decoded));
        subject.strip();
        return subject.reply;
    }

    /// Step 1: blanks of any kind become one space.
    private static String collapse(String decoded) {
        StringBuilder out = new StringBuilder(decoded.length());
        boolean gap = false;
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                gap = true;
                continue;
            }
            if (gap) {
                out.append(' ');
                gap = false;
            }
            out.append(c);
        }
        return gap ? out.append(' ').toString() : out.toString();
    }

    private void strip() {
        int from = 0;
        int to = text.length();
        while (true) {
            to = withoutTrailer(from, to);
            from = withoutLeaders(from, to);
            boolean wrapped = startsIgnoreCase("[fwd:", from, to) && text.charAt(to - 1) == ']';
            if (!wrapped) {
                text = text.substring(from, to).strip();
                return;
            }
            reply = true;
            from += 5;
            to--;
        }
    }

    /// Step 2: subj-trailer = "(fwd)" / WSP
    private int withoutTrailer(int from, int end) {
        int to = end;
        while (to > from) {
            if (text.charAt(to - 1) == ' ') {
                to--;
            } else if (to - from >= 5 && startsIgnoreCase("(fwd)", to - 5, to)) {
                to -= 5;
                reply = true;
            } else {
                break;
            }
        }
        return to;
    }

    /// Steps 3 to 5: subj-leader = (*subj-blob subj-refwd) / WSP, and subj-blob while something is left behind it.
    private int withoutLeaders(int start, int to) {
        int from = start;
        while (from < to) {
            int at = skipSpaces(from, to);
            int lastBlob = at;
            for (int blob = afterBlob(at, to); blob > at; blob = afterBlob(at, to)) {
                lastBlob = at;
                at = blob;
            }
            int behind = afterWord(at, to);
            if (behind == at) {
                return at < to ? at : lastBlob;
            }
            reply = true;
            from = behind;
        }
        return from;
    }

    /// subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
    private int afterWord(int from, int to) {
        int word = startsIgnoreCase("re", from, to) || startsIgnoreCase("fw", from, to) ? 2 : 0;
        if (word == 0) {
            return from;
        }
        int at = from + (startsIgnoreCase("fwd", from, to) ? 3 : word);
        at = afterBlob(skipSpaces(at, to), to);
        return at < to && text.charAt(at) == ':' ? at + 1 : from;
    }

    /// subj-blob = "[" *BLOBCHAR "]" *WSP
    private int afterBlob(int from, int to) {
        if (from >= to || text.charAt(from) != '[') {
            return from;
        }
        for (int at = from + 1; at < to; at++) {
            char c = text.charAt(at);
            if (c == '[') {
                return from;
            }
            if (c == ']') {
                return skipSpaces(at + 1, to);
            }
        }
        return from;
    }

    private int skipSpaces(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private boolean startsIgnoreCase(String word, int from, int to) {
        return to - from >= word.length() && text.regionMatches(true, from, word, 0, word.length());
    }
}
