package palomar.imap;

import java.io.IOException;
import java.util.Set;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SearchReturn;
import palomar.imap.proto.SeqSet;
import palomar.mail.UidSet;

/// SEARCH and UID SEARCH. RFC 9051 6.4.4, RFC 3501 7.2.5, RFC 4731, RFC 5182, MODSEQ: RFC 7162 3.1.5 and 3.1.10
record SearchHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply run(Command.Search command) throws IOException {
        boolean modSeq = command.key().usesModSeq();
        if (modSeq) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        boolean saves = command.returns().contains(SearchReturn.SAVE);
        SearchRun.Result result = null;
        try {
            result = SearchRun.run(box, portion.of(command.key()), wanted(command.returns()));
        } finally {
            if (saves && result == null) {
                // RFC 9051 6.4.4.1: a search that fails leaves an empty result.
                box.save(UidSet.EMPTY);
            }
        }
        if (saves) {
            box.save(saved(command.returns(), result.uids()));
        }
        boolean extended = !command.returns().isEmpty() || dialogue.enabled().rev2();
        if (!extended) {
            tellSearch(command.by(), result, modSeq);
        } else if (!command.returns().equals(Set.of(SearchReturn.SAVE))) {
            tellEsearch(command, result, modSeq);
        }
        return portion.tell(dialogue.out(), Reply.ok("SEARCH done"));
    }

    private static SearchRun.Wanted wanted(Set<SearchReturn> returns) {
        boolean one = !returns.contains(SearchReturn.ALL)
                && !returns.contains(SearchReturn.COUNT)
                && returns.contains(SearchReturn.MIN) != returns.contains(SearchReturn.MAX);
        if (!one) {
            return SearchRun.Wanted.ALL;
        }
        return returns.contains(SearchReturn.MIN) ? SearchRun.Wanted.FIRST : SearchRun.Wanted.LAST;
    }

    /// With MIN or MAX and neither ALL nor COUNT only those are kept. RFC 9051 6.4.4.4
    private static UidSet saved(Set<SearchReturn> returns, UidSet found) {
        boolean min = returns.contains(SearchReturn.MIN);
        boolean max = returns.contains(SearchReturn.MAX);
        if (returns.contains(SearchReturn.ALL)
                || returns.contains(SearchReturn.COUNT)
                || !min && !max
                || found.isEmpty()) {
            return found;
        }
        long first = found.first(0);
        long last = found.last(found.runs() - 1);
        return min && max ? UidSet.of(first, last) : UidSet.of(min ? first : last);
    }

    private void tellSearch(Command.Numbering by, SearchRun.Result result, boolean modSeq) throws IOException {
        ResponseWriter out = dialogue.out();
        out.beginSearch();
        switch (by) {
            case UID -> {
                for (var uids = result.uids().iterator(); uids.hasNext(); ) {
                    out.found(uids.nextLong());
                }
            }
            case SEQ -> {
                SeqSet seqs = box.seqs(result.uids());
                for (int run = 0; run < seqs.runs(); run++) {
                    for (long seq = seqs.first(run); seq <= seqs.last(run); seq++) {
                        out.found(seq);
                    }
                }
            }
        }
        out.endSearch(modSeq ? result.highestModSeq() : 0);
    }

    private void tellEsearch(Command.Search command, SearchRun.Result result, boolean modSeq) throws IOException {
        ResponseWriter out = dialogue.out();
        Set<SearchReturn> returns = command.returns().isEmpty() ? Set.of(SearchReturn.ALL) : command.returns();
        UidSet uids = result.uids();
        SeqSet seqs = command.by() == Command.Numbering.SEQ ? box.seqs(uids) : SeqSet.EMPTY;
        out.beginEsearch(command.tag(), command.by());
        if (!uids.isEmpty()) {
            boolean byUid = command.by() == Command.Numbering.UID;
            if (returns.contains(SearchReturn.MIN)) {
                out.esearch("MIN", byUid ? uids.first(0) : seqs.first(0));
            }
            if (returns.contains(SearchReturn.MAX)) {
                out.esearch("MAX", byUid ? uids.last(uids.runs() - 1) : seqs.last(seqs.runs() - 1));
            }
            if (returns.contains(SearchReturn.ALL)) {
                if (byUid) {
                    out.esearchAll(uids);
                } else {
                    out.esearchAll(seqs);
                }
            }
        }
        if (returns.contains(SearchReturn.COUNT)) {
            out.esearch("COUNT", uids.size());
        }
        if (modSeq && !uids.isEmpty()) {
            out.esearch("MODSEQ", modSeqOf(returns, result));
        }
        out.endEsearch();
    }

    /// Of the messages told: with MIN or MAX alone those, otherwise all. RFC 7162 3.1.10
    private static long modSeqOf(Set<SearchReturn> returns, SearchRun.Result result) {
        if (returns.contains(SearchReturn.ALL) || returns.contains(SearchReturn.COUNT)) {
            return result.highestModSeq();
        }
        boolean min = returns.contains(SearchReturn.MIN);
        boolean max = returns.contains(SearchReturn.MAX);
        if (min && max) {
            return Math.max(result.firstModSeq(), result.lastModSeq());
        }
        return min ? result.firstModSeq() : result.lastModSeq();
    }
}
