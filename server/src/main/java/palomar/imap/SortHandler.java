package palomar.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import palomar.imap.order.Ordering;
import palomar.imap.proto.Command;
import palomar.imap.proto.EsearchWriter;
import palomar.imap.proto.OrderCommand;
import palomar.imap.proto.OrderWriter;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.SearchReturn;
import palomar.imap.proto.SearchReturns;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.SortKey;
import palomar.imap.proto.Tag;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// SORT and UID SORT. RFC 5256 3, RETURN: RFC 5267 3, SAVE: RFC 5182, PARTIAL: RFC 9394 3.1,
/// UPDATE: RFC 5267 4.3, MODSEQ: RFC 7162 3.1.6
record SortHandler(Dialogue dialogue, SelectedMailbox box, Ordering ordering) {

    Reply run(OrderCommand.Sort command) throws IOException {
        SearchHandler.checkRelevancy(command.returns(), command.key());
        if (byRelevancy(command) && !command.key().usesFuzzy()) {
            throw new BadArgument("RELEVANCY without FUZZY");
        }
        boolean modSeq = command.key().usesModSeq();
        if (modSeq) {
            dialogue.enableCondstore(box);
        }
        SearchReturns returns = command.returns();
        if (returns.has(SearchReturn.UPDATE) && box.contexts().has(command.tag())) {
            throw new BadArgument("the tag is that of another search with UPDATE");
        }
        boolean saves = returns.has(SearchReturn.SAVE);
        if (saves) {
            // RFC 9051 6.4.4.1: a search that fails leaves an empty result.
            box.save(UidSet.EMPTY);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        returns.partial().ifPresent(portion::refuse);
        SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
        Progress progress = new Progress(dialogue, command.tag());
        boolean scored = returns.has(SearchReturn.RELEVANCY) || byRelevancy(command);
        SearchRun.Wanted wanted = scored ? SearchRun.Wanted.SCORED : SearchRun.Wanted.ALL;
        SearchRun.Result result = SearchRun.run(box, portion.of(condition), wanted, progress);
        UidSet found = result.uids();
        int[] order = progress.during(found.size(), () -> ordering.sort(found, command.criteria(), result.scores()));
        if (saves) {
            box.save(kept(returns, result.uids(), order));
        }
        int[] ascending = ascending(box, command.by(), result.uids());
        int[] numbers = Arrays.stream(order).map(place -> ascending[place]).toArray();
        if (returns.isEmpty()) {
            new OrderWriter(dialogue.out()).sort(numbers, modSeq ? result.highestModSeq() : 0);
        } else if (!returns.equals(SearchReturns.of(SearchReturn.SAVE))) {
            tell(command, numbers, inOrder(result.scores(), order), modSeq ? modSeqOf(returns, result, order) : 0);
        }
        if (returns.has(SearchReturn.UPDATE)) {
            keepUpToDate(command, result.uids(), order);
        }
        return portion.tell(dialogue.out(), Reply.ok("SORT done"));
    }

    private static boolean byRelevancy(OrderCommand.Sort command) {
        return command.criteria().stream().anyMatch(criterion -> criterion.key() == SortKey.RELEVANCY);
    }

    private static byte[] inOrder(byte[] scores, int[] order) {
        byte[] ordered = new byte[scores.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = scores[order[i]];
        }
        return ordered;
    }

    private void keepUpToDate(OrderCommand.Sort command, UidSet found, int[] order) throws IOException {
        if (byRelevancy(command)) {
            // Each new message would need all scores again. RFC 5267 4.3.1
            dialogue.out().no(Tag.NONE, new ResponseCode.NoUpdate(command.tag()), "not in the order of RELEVANCY");
            return;
        }
        if (command.criteria().stream().anyMatch(criterion -> criterion.key() == SortKey.ANNOTATION)) {
            // A message that stays may take another place.
            dialogue.out().no(Tag.NONE, new ResponseCode.NoUpdate(command.tag()), "not in the order of ANNOTATION");
            return;
        }
        int[] uids = ascending(box, Command.Numbering.UID, found);
        int[] told = Arrays.stream(order).map(place -> uids[place]).toArray();
        SortedResults sorted = new SortedResults(ordering, command.criteria(), command.by(), told);
        SearchContext.Correlator name = new SearchContext.Correlator(command.tag(), command.by(), Optional.empty());
        SearchContext context = new SearchContext(
                dialogue, name, box, command.key(), command.returns().updateItems(), found, sorted);
        box.contexts().addOrRefuse(context, dialogue);
    }

    /// The messages that RETURN names: with ALL or COUNT all of them, else those of MIN, MAX and PARTIAL. They are
    /// what SAVE keeps and whose mod-sequences count. RFC 9051 6.4.4.4, RFC 9394 3.2
    private static UidSet kept(SearchReturns returns, UidSet found, int[] order) {
        boolean min = returns.has(SearchReturn.MIN);
        boolean max = returns.has(SearchReturn.MAX);
        boolean all = returns.has(SearchReturn.ALL) || returns.has(SearchReturn.COUNT);
        if (all || !min && !max && returns.partial().isEmpty() || found.isEmpty()) {
            return found;
        }
        boolean[] named = new boolean[order.length];
        named[order[0]] |= min;
        named[order[order.length - 1]] |= max;
        returns.partial().ifPresent(range -> {
            for (int i = (int) range.start(order.length); i < range.end(order.length); i++) {
                named[order[i]] = true;
            }
        });
        UidSet.Builder kept = new UidSet.Builder();
        int place = 0;
        for (var uids = found.iterator(); uids.hasNext(); place++) {
            long uid = uids.nextLong();
            if (named[place]) {
                kept.add(uid);
            }
        }
        return kept.build();
    }

    private long modSeqOf(SearchReturns returns, SearchRun.Result result, int[] order) {
        UidSet named = kept(returns, result.uids(), order);
        if (named == result.uids()) {
            return result.highestModSeq();
        }
        long highest = 0;
        try (MessageCursor row = box.mailbox().cursor()) {
            for (var uids = named.iterator(); uids.hasNext(); ) {
                highest = row.seek(uids.nextLong()) ? Math.max(highest, row.modSeq()) : highest;
            }
        }
        return highest;
    }

    /// What the client knows the messages of a set by, in the order of the view.
    static int[] ascending(SelectedMailbox box, Command.Numbering by, UidSet found) {
        int[] numbers = new int[Math.toIntExact(found.size())];
        int at = 0;
        switch (by) {
            case UID -> {
                for (var uids = found.iterator(); uids.hasNext(); ) {
                    numbers[at++] = (int) uids.nextLong();
                }
            }
            case SEQ -> {
                SeqSet seqs = box.seqs(found);
                for (int run = 0; run < seqs.runs(); run++) {
                    for (long seq = seqs.first(run); seq <= seqs.last(run); seq++) {
                        numbers[at++] = (int) seq;
                    }
                }
            }
        }
        return numbers;
    }

    private void tell(OrderCommand.Sort command, int[] numbers, byte[] scores, long modSeq) throws IOException {
        EsearchWriter out = new EsearchWriter(dialogue.out());
        SearchReturns returns = command.returns();
        out.begin(command.tag(), command.by());
        if (numbers.length > 0 && returns.has(SearchReturn.MIN)) {
            out.number("MIN", Integer.toUnsignedLong(numbers[0]));
        }
        if (numbers.length > 0 && returns.has(SearchReturn.MAX)) {
            out.number("MAX", Integer.toUnsignedLong(numbers[numbers.length - 1]));
        }
        if (returns.has(SearchReturn.ALL)) {
            out.all(numbers);
        }
        if (returns.partial().isPresent()) {
            out.partial(returns.partial().get(), numbers);
        }
        SearchHandler.tellRelevancy(out, returns, scores);
        if (returns.has(SearchReturn.COUNT)) {
            out.number("COUNT", numbers.length);
        }
        if (modSeq > 0) {
            out.number("MODSEQ", modSeq);
        }
        out.end();
    }
}
