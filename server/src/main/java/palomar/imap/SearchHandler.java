package palomar.imap;

import java.io.IOException;
import java.util.Optional;
import palomar.imap.proto.Command;
import palomar.imap.proto.EsearchWriter;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.ResultRange;
import palomar.imap.proto.SearchKey;
import palomar.imap.proto.SearchReturn;
import palomar.imap.proto.SearchReturns;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.Tag;
import palomar.mail.MailError;
import palomar.mail.UidSet;
import palomar.message.Charsets;
import palomar.storage.MessageCursor;

/// SEARCH and UID SEARCH. RFC 9051 6.4.4, RFC 3501 7.2.5, RFC 4731, RFC 5182, MODSEQ: RFC 7162 3.1.5 and 3.1.10,
/// PARTIAL: RFC 9394 3.1, UPDATE and CONTEXT: RFC 5267 4
record SearchHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply run(Command.Search command) throws IOException {
        if (command.returns().has(SearchReturn.UPDATE) && box.contexts().has(command.tag())) {
            throw new BadArgument("the tag is that of another search with UPDATE");
        }
        checkRelevancy(command.returns(), command.key());
        boolean modSeq = command.key().usesModSeq();
        if (modSeq) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SearchReturns returns = command.returns();
        boolean saves = returns.has(SearchReturn.SAVE);
        SearchRun.Result result = null;
        try {
            returns.partial().ifPresent(portion::refuse);
            SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
            result = SearchRun.run(box, portion.of(condition), wanted(returns), new Progress(dialogue, command.tag()));
        } finally {
            if (saves && result == null) {
                // RFC 9051 6.4.4.1: a search that fails leaves an empty result.
                box.save(UidSet.EMPTY);
            }
        }
        if (saves) {
            box.save(kept(returns, result.uids()));
        }
        boolean extended = !returns.isEmpty() || dialogue.enabled().rev2();
        if (!extended) {
            tellSearch(command.by(), result, modSeq);
        } else if (!returns.equals(SearchReturns.of(SearchReturn.SAVE))) {
            tellEsearch(command, result, modSeq);
        }
        if (returns.has(SearchReturn.UPDATE)) {
            SearchContext.Correlator name = new SearchContext.Correlator(command.tag(), command.by(), Optional.empty());
            SearchContext context =
                    new SearchContext(dialogue, name, box, command.key(), returns.updateItems(), result.uids(), null);
            box.contexts().addOrRefuse(context, dialogue);
        }
        return portion.tell(dialogue.out(), Reply.ok("SEARCH done"));
    }

    static Reply refuse(Command.BadCharset command) {
        return command.malformed()
                ? Reply.bad(ResponseCode.of(MailError.BAD_CHARSET), "FILTER means UTF-8, not " + command.charset())
                : Reply.no(
                        new ResponseCode.BadCharset(Charsets.common()),
                        "there is no charset " + command.charset() + " here");
    }

    /// CANCELUPDATE. RFC 5267 4.3.5
    Reply cancel(Command.CancelUpdate command) {
        for (Tag search : command.searches()) {
            if (!box.contexts().has(search)) {
                throw new BadArgument("no search with UPDATE has the tag " + search.value());
            }
        }
        box.contexts().cancel(command.searches());
        return Reply.ok("CANCELUPDATE done");
    }

    /// RFC 6203 4
    static void checkRelevancy(SearchReturns returns, SearchKey key) {
        if (returns.has(SearchReturn.RELEVANCY) && !key.usesFuzzy()) {
            throw new BadArgument("RELEVANCY without FUZZY");
        }
    }

    /// How far the search must go. Counting or naming all needs all; otherwise MIN and MAX are the first and the
    /// last, and a range of results reaches as far as its farther end.
    static SearchRun.Wanted wanted(SearchReturns returns) {
        if (returns.has(SearchReturn.RELEVANCY)) {
            return SearchRun.Wanted.SCORED;
        }
        ResultRange partial = returns.partial().orElse(null);
        boolean fromStart = returns.has(SearchReturn.MIN) || partial != null && !partial.fromEnd();
        boolean fromEnd = returns.has(SearchReturn.MAX) || partial != null && partial.fromEnd();
        if (returns.has(SearchReturn.ALL)
                || returns.has(SearchReturn.COUNT)
                || returns.has(SearchReturn.UPDATE)
                || fromStart == fromEnd) {
            return SearchRun.Wanted.ALL;
        }
        return new SearchRun.Wanted(partial == null ? 1 : partial.high(), fromEnd, false);
    }

    /// The messages of a result that RETURN names: with ALL or COUNT all of them, else those of MIN, MAX and
    /// PARTIAL. They are what SAVE keeps and whose mod-sequences count. RFC 9051 6.4.4.4, RFC 9394 3.2
    static UidSet kept(SearchReturns returns, UidSet found) {
        boolean min = returns.has(SearchReturn.MIN);
        boolean max = returns.has(SearchReturn.MAX);
        boolean partial = returns.has(SearchReturn.PARTIAL);
        if (returns.has(SearchReturn.ALL)
                || returns.has(SearchReturn.COUNT)
                || !min && !max && !partial
                || found.isEmpty()) {
            return found;
        }
        UidSet.Builder kept = new UidSet.Builder();
        if (min) {
            kept.add(found.first(0));
        }
        if (max) {
            kept.add(found.last(found.runs() - 1));
        }
        returns.partial().ifPresent(range -> kept.addAll(range.of(found)));
        return kept.build();
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
        EsearchWriter out = new EsearchWriter(dialogue.out());
        out.begin(command.tag(), command.by());
        SearchReturns returns = command.returns().isEmpty() ? SearchReturns.of(SearchReturn.ALL) : command.returns();
        UidSet uids = result.uids();
        switch (command.by()) {
            case UID -> tellUids(out, returns, uids);
            case SEQ -> tellSeqs(out, returns, uids);
        }
        tellRelevancy(out, returns, result.scores());
        if (returns.has(SearchReturn.COUNT)) {
            out.number("COUNT", uids.size());
        }
        long highest = modSeq ? modSeqOf(box, returns, result) : 0;
        if (highest > 0) {
            out.number("MODSEQ", highest);
        }
        out.end();
    }

    /// Everything that names messages, by UID.
    static void tellUids(EsearchWriter out, SearchReturns returns, UidSet uids) throws IOException {
        if (returns.has(SearchReturn.MIN) && !uids.isEmpty()) {
            out.number("MIN", uids.first(0));
        }
        if (returns.has(SearchReturn.MAX) && !uids.isEmpty()) {
            out.number("MAX", uids.last(uids.runs() - 1));
        }
        if (returns.has(SearchReturn.ALL)) {
            out.all(uids);
        }
        if (returns.partial().isPresent()) {
            out.partial(returns.partial().get(), returns.partial().get().of(uids));
        }
    }

    private void tellSeqs(EsearchWriter out, SearchReturns returns, UidSet uids) throws IOException {
        SeqSet seqs = box.seqs(uids);
        if (returns.has(SearchReturn.MIN) && !seqs.isEmpty()) {
            out.number("MIN", seqs.first(0));
        }
        if (returns.has(SearchReturn.MAX) && !seqs.isEmpty()) {
            out.number("MAX", seqs.last(seqs.runs() - 1));
        }
        if (returns.has(SearchReturn.ALL)) {
            out.all(seqs);
        }
        if (returns.partial().isPresent()) {
            out.partial(
                    returns.partial().get(), box.seqs(returns.partial().get().of(uids)));
        }
    }

    /// The scores of ALL or PARTIAL, whichever was told, or else of all.
    ///
    /// @param scores in the order of the results
    static void tellRelevancy(EsearchWriter out, SearchReturns returns, byte[] scores) throws IOException {
        if (returns.has(SearchReturn.RELEVANCY) && scores.length > 0) {
            ResultRange range = returns.partial().orElse(new ResultRange(1, scores.length, false));
            out.relevancy(scores, (int) range.start(scores.length), (int) range.end(scores.length));
        }
    }

    /// Of the messages told: with MIN or MAX alone those, otherwise all. RFC 7162 3.1.10
    static long modSeqOf(SelectedMailbox box, SearchReturns returns, SearchRun.Result result) {
        if (returns.has(SearchReturn.ALL) || returns.has(SearchReturn.COUNT)) {
            return result.highestModSeq();
        }
        if (returns.has(SearchReturn.PARTIAL)) {
            return highestModSeq(box, kept(returns, result.uids()));
        }
        boolean min = returns.has(SearchReturn.MIN);
        boolean max = returns.has(SearchReturn.MAX);
        if (min && max) {
            return Math.max(result.firstModSeq(), result.lastModSeq());
        }
        if (!min && !max) {
            return result.highestModSeq();
        }
        return min ? result.firstModSeq() : result.lastModSeq();
    }

    private static long highestModSeq(SelectedMailbox box, UidSet uids) {
        long highest = 0;
        try (MessageCursor row = box.mailbox().cursor()) {
            for (var each = uids.iterator(); each.hasNext(); ) {
                if (row.seek(each.nextLong())) {
                    highest = Math.max(highest, row.modSeq());
                }
            }
        }
        return highest;
    }
}
