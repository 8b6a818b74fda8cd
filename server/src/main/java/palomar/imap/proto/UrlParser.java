package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The arguments of GENURLAUTH, RESETKEY and URLFETCH. RFC 4467 9, RFC 5524 5
final class UrlParser {
    private static final Words<UrlCommand.Item> ITEMS = Words.of(UrlCommand.Item.class);

    private final Arguments args;

    UrlParser(Arguments args) {
        this.args = args;
    }

    Command generate(Tag tag) throws IOException, SyntaxException {
        List<UrlCommand.Rump> urls = new ArrayList<>();
        do {
            args.space("a URL");
            String url = args.astring("a URL");
            args.space("a mechanism");
            urls.add(new UrlCommand.Rump(url, mechanism()));
            bound(urls.size());
        } while (args.isNext(' '));
        args.end();
        return new UrlCommand.Generate(tag, urls);
    }

    Command reset(Tag tag) throws IOException, SyntaxException {
        Optional<String> mailbox = Optional.empty();
        List<String> mechanisms = new ArrayList<>();
        if (args.isNext(' ')) {
            args.space("a mailbox name");
            mailbox = Optional.of(args.mailbox("a mailbox name"));
            while (args.isNext(' ')) {
                args.space("a mechanism");
                mechanisms.add(mechanism());
                bound(mechanisms.size());
            }
        }
        args.end();
        return new UrlCommand.Reset(tag, mailbox, mechanisms);
    }

    Command fetch(Tag tag) throws IOException, SyntaxException {
        List<UrlCommand.Wanted> urls = new ArrayList<>();
        do {
            args.space("a URL");
            urls.add(args.skip('(') ? extended() : new UrlCommand.Wanted(args.astring("a URL"), Set.of()));
            bound(urls.size());
        } while (args.isNext(' '));
        args.end();
        return new UrlCommand.Fetch(tag, urls);
    }

    /// RFC 5524 3.1
    private UrlCommand.Wanted extended() throws IOException, SyntaxException {
        String url = args.astring("a URL");
        Set<UrlCommand.Item> items = EnumSet.noneOf(UrlCommand.Item.class);
        while (!args.skip(')')) {
            args.space("BODY, BINARY or BODYPARTSTRUCTURE");
            UrlCommand.Item item = args.word(ITEMS, "BODY, BINARY or BODYPARTSTRUCTURE");
            if (item == null) {
                throw args.invalid("unknown item " + args.shownWord());
            }
            if (!items.add(item)) {
                throw args.invalid(item + " twice");
            }
        }
        if (items.contains(UrlCommand.Item.BODY) && items.contains(UrlCommand.Item.BINARY)) {
            throw args.invalid("both BODY and BINARY");
        }
        return new UrlCommand.Wanted(url, items);
    }

    private String mechanism() throws IOException, SyntaxException {
        String name = args.atom("a mechanism").toUpperCase(Locale.ROOT);
        boolean legal = name.chars().allMatch(c -> c >= 'A' && c <= 'Z' || Bytes.isDigit(c) || c == '-' || c == '.');
        if (!legal) {
            throw args.invalid("not the name of a mechanism");
        }
        return name;
    }

    private void bound(int count) throws SyntaxException {
        if (count > args.limits().items()) {
            throw args.invalid("more than " + args.limits().items() + " arguments");
        }
    }
}
