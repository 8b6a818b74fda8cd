package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;

/// The arguments of commands about mailboxes that have more than a name: SELECT, EXAMINE, CREATE, LIST, STATUS.
final class MailboxParser {
    private enum SelectParam {
        ANNOTATE,
        CONDSTORE,
        QRESYNC
    }

    private enum CreateParam {
        USE
    }

    private enum ReturnOption {
        SUBSCRIBED,
        CHILDREN,
        SPECIAL_USE,
        MYRIGHTS,
        METADATA,
        STATUS
    }

    private static final Words<SelectParam> SELECT_PARAMS = Words.of(SelectParam.class);
    private static final Words<CreateParam> CREATE_PARAMS = Words.of(CreateParam.class);
    private static final Words<ListOptions.Select> LIST_SELECT = Words.of(ListOptions.Select.class);
    private static final Words<ReturnOption> LIST_RETURN = Words.of(ReturnOption.class);
    private static final Words<Boolean> RETURN = Words.of(Map.of("RETURN", true));
    private static final Words<StatusItem> STATUS_ITEMS = Words.of(StatusItem.class);

    private final Arguments args;

    MailboxParser(Arguments args) {
        this.args = args;
    }

    // ---- SELECT and EXAMINE: RFC 9051 6.3.2, RFC 7162 3.2.5

    /// Everything after the mailbox.
    SelectParams selectParams() throws IOException, SyntaxException {
        if (!args.isNext(' ')) {
            args.end();
            return SelectParams.NONE;
        }
        args.space("parameters in parentheses");
        args.take('(', "parameters in parentheses");
        boolean condstore = false;
        boolean annotate = false;
        Optional<SelectParams.Qresync> qresync = Optional.empty();
        do {
            SelectParam param = args.word(SELECT_PARAMS, "ANNOTATE, CONDSTORE or QRESYNC");
            if (param == null) {
                throw args.invalid("unknown parameter " + args.shownWord());
            }
            switch (param) {
                case ANNOTATE -> annotate = true;
                case CONDSTORE -> condstore = true;
                case QRESYNC -> qresync = Optional.of(qresync());
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of parameters");
        args.end();
        return new SelectParams(condstore, annotate, qresync);
    }

    private SelectParams.Qresync qresync() throws IOException, SyntaxException {
        args.space("QRESYNC parameters in parentheses");
        args.take('(', "QRESYNC parameters in parentheses");
        long uidValidity = args.nzNumber("a UIDVALIDITY");
        args.space("a mod-sequence");
        long modSeq = args.nzNumber64("a mod-sequence");
        Optional<UidSet> known = Optional.empty();
        Optional<SelectParams.SeqMatch> match = Optional.empty();
        boolean more = args.skip(' ');
        if (more && !args.isNext('(')) {
            known = Optional.of(args.knownUids("known UIDs"));
            more = args.skip(' ');
        }
        if (more) {
            match = Optional.of(seqMatch());
        }
        args.take(')', "the closing parenthesis of QRESYNC parameters");
        return new SelectParams.Qresync(uidValidity, modSeq, known, match);
    }

    private SelectParams.SeqMatch seqMatch() throws IOException, SyntaxException {
        args.take('(', "sequence match data in parentheses");
        Ranges seqs = args.knownRanges("known sequence numbers");
        args.space("the UIDs of the known sequence numbers");
        Ranges uids = args.knownRanges("known UIDs");
        args.take(')', "the closing parenthesis of sequence match data");
        if (!seqs.isAscending() || !uids.isAscending()) {
            throw args.invalid("sequence match data that does not ascend");
        }
        SelectParams.SeqMatch match = new SelectParams.SeqMatch(seqs.seqs(Ranges.MAX), uids.uids(0));
        if (match.seqs().size() != match.uids().size()) {
            throw args.invalid("sequence match data of different lengths");
        }
        return match;
    }

    // ---- CREATE: RFC 9051 6.3.4, RFC 6154 3

    /// Everything after CREATE.
    Command.Create create(Tag tag) throws IOException, SyntaxException {
        args.space("a mailbox name");
        String mailbox = args.mailbox("a mailbox name");
        Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
        List<String> unknown = new ArrayList<>();
        if (args.isNext(' ')) {
            args.space("parameters in parentheses");
            args.take('(', "parameters in parentheses");
            if (args.word(CREATE_PARAMS, "USE") == null) {
                throw args.invalid("unknown parameter " + args.shownWord());
            }
            uses(uses, unknown);
            args.take(')', "the closing parenthesis of parameters");
        }
        args.end();
        return new Command.Create(tag, mailbox, uses, List.copyOf(unknown));
    }

    private void uses(Set<SpecialUse> uses, List<String> unknown) throws IOException, SyntaxException {
        args.space("special uses in parentheses");
        args.take('(', "special uses in parentheses");
        for (int count = 0; !args.skip(')'); count++) {
            if (count > 0) {
                args.space("a special use");
            }
            if (count == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " special uses");
            }
            args.take('\\', "a special use as \\Sent");
            String attribute = "\\" + args.atom("a special use as \\Sent");
            SpecialUse.parse(attribute).ifPresentOrElse(uses::add, () -> unknown.add(attribute));
        }
    }

    // ---- LIST: RFC 9051 6.3.9, RFC 5258 3

    /// Everything after LIST.
    Command.ListMailboxes list(Tag tag) throws IOException, SyntaxException {
        args.space("a reference name");
        Set<ListOptions.Select> select = EnumSet.noneOf(ListOptions.Select.class);
        boolean extended = args.isNext('(');
        if (extended) {
            selectOptions(select);
            args.space("a reference name");
        }
        String reference = args.mailbox("a reference name");
        args.space("a mailbox pattern");
        List<String> patterns = new ArrayList<>();
        if (args.skip('(')) {
            extended = true;
            patterns(patterns);
        } else {
            patterns.add(args.listMailbox("a mailbox pattern"));
        }
        Set<ListOptions.Return> returns = EnumSet.noneOf(ListOptions.Return.class);
        List<String> metadata = new ArrayList<>();
        List<StatusItem> status = List.of();
        if (args.skip(' ')) {
            extended = true;
            status = returnOptions(returns, metadata);
        }
        args.end();
        ListOptions options = extended ? new ListOptions(true, select, returns, metadata, status) : ListOptions.PLAIN;
        return new Command.ListMailboxes(tag, reference, List.copyOf(patterns), options);
    }

    private void selectOptions(Set<ListOptions.Select> select) throws IOException, SyntaxException {
        args.take('(', "selection options in parentheses");
        for (int count = 0; !args.skip(')'); count++) {
            if (count > 0) {
                args.space("a selection option");
            }
            ListOptions.Select option = args.word(LIST_SELECT, "a selection option");
            if (option == null) {
                throw args.invalid("unknown selection option " + args.shownWord());
            }
            select.add(option);
        }
        // RFC 5258 3: RECURSIVEMATCH only modifies another option, and neither REMOTE nor SPECIAL-USE is one.
        if (select.contains(ListOptions.Select.RECURSIVEMATCH) && !select.contains(ListOptions.Select.SUBSCRIBED)) {
            throw args.invalid("RECURSIVEMATCH without SUBSCRIBED");
        }
    }

    private void patterns(List<String> patterns) throws IOException, SyntaxException {
        do {
            if (patterns.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " patterns");
            }
            patterns.add(args.listMailbox("a mailbox pattern"));
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of patterns");
    }

    private List<StatusItem> returnOptions(Set<ListOptions.Return> returns, List<String> metadata)
            throws IOException, SyntaxException {
        if (args.word(RETURN, "RETURN") == null) {
            throw args.invalid(args.shownWord() + " instead of RETURN");
        }
        args.space("return options in parentheses");
        args.take('(', "return options in parentheses");
        List<StatusItem> status = List.of();
        for (int count = 0; !args.skip(')'); count++) {
            if (count > 0) {
                args.space("a return option");
            }
            ReturnOption option = args.word(LIST_RETURN, "a return option");
            if (option == null) {
                throw args.invalid("unknown return option " + args.shownWord());
            }
            switch (option) {
                case SUBSCRIBED -> returns.add(ListOptions.Return.SUBSCRIBED);
                case CHILDREN -> returns.add(ListOptions.Return.CHILDREN);
                case SPECIAL_USE -> returns.add(ListOptions.Return.SPECIAL_USE);
                case MYRIGHTS -> returns.add(ListOptions.Return.MYRIGHTS);
                case METADATA -> metadata.addAll(new MetadataParser(args).returnOption());
                case STATUS -> status = statusItems();
            }
        }
        return status;
    }

    // ---- STATUS: RFC 9051 6.3.11, RFC 5819

    /// Everything after STATUS.
    Command.Status status(Tag tag) throws IOException, SyntaxException {
        args.space("a mailbox name");
        String mailbox = args.mailbox("a mailbox name");
        List<StatusItem> items = statusItems();
        args.end();
        return new Command.Status(tag, mailbox, items);
    }

    private List<StatusItem> statusItems() throws IOException, SyntaxException {
        args.space("status items in parentheses");
        args.take('(', "status items in parentheses");
        Set<StatusItem> items = new LinkedHashSet<>();
        do {
            StatusItem item = args.word(STATUS_ITEMS, "a status item");
            if (item == null) {
                throw args.invalid("unknown status item " + args.shownWord());
            }
            items.add(item);
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of status items");
        return List.copyOf(items);
    }
}
