package palomar.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.convert.Conversion;
import palomar.convert.Conversions;
import palomar.convert.Converted;
import palomar.convert.HeaderConversion;
import palomar.convert.MediaType;
import palomar.convert.PartContent;
import palomar.convert.Unconvertible;
import palomar.imap.proto.ConvertCommand;
import palomar.imap.proto.Section;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.message.Digest;
import palomar.message.Sections;
import palomar.storage.MessageCursor;

/// What becomes of the parts of one message: which conversion is meant, and its result or why there is none. RFC
/// 5259 6, 9. One message, one thread; valid while the row is.
final class PartConversion {
    /// What header conversions are said to be of.
    private static final String HEADERS = "text/rfc822-headers";

    private static final MediaType MESSAGE = new MediaType("message", "rfc822");
    private static final MediaType UNKNOWN = new MediaType("application", "octet-stream");
    private static final String CHARSET = "charset";

    /// What a data item is answered with.
    sealed interface Outcome {
        /// Bytes of the result.
        default int size() {
            return 0;
        }
    }

    record Done(Converted result) implements Outcome {
        @Override
        public int size() {
            return result.bytes().length;
        }
    }

    record DoneHeader(byte[] bytes) implements Outcome {
        @Override
        public int size() {
            return bytes.length;
        }
    }

    record Available(List<String> types) implements Outcome {}

    /// @param from empty when there is no such part
    record Bad(String why, Optional<String> from, String to, Map<String, String> parameters) implements Outcome {}

    record Missing(String why, String from, String to, List<String> names) implements Outcome {}

    record Later(String why, Throwable cause) implements Outcome {}

    static final Outcome TOO_BUSY = new Later(
            "Too many conversions are waiting", new ConversionDesk.NotNow("no turn became free in time", null));

    private final ConvertCommand command;
    private final ConvertSettings rules;
    private final ConversionDesk desk;
    private final SelectedMailbox box;
    private final MessageCursor row;

    PartConversion(
            ConvertCommand command,
            ConvertSettings rules,
            ConversionDesk desk,
            SelectedMailbox box,
            MessageCursor row) {
        this.command = command;
        this.rules = rules;
        this.desk = desk;
        this.box = box;
        this.row = row;
    }

    private interface Work {
        Outcome run() throws IOException;
    }

    /// What the store can't read now is not the client's fault, nor the conversion's.
    private static Outcome guarded(Work work) {
        try {
            return work.run();
        } catch (MailException | UncheckedIOException | IOException e) {
            return new Later("The message can't be read", e);
        }
    }

    Outcome convert(Section section) {
        return guarded(() -> {
            MediaType from = type(section.path());
            if (from == null) {
                return missingPart();
            }
            List<Conversion> possible = possible(from);
            Outcome refusal = refusal(from, possible);
            return refusal != null
                    ? refusal
                    : convert(section, from, fitting(possible).getFirst());
        });
    }

    Outcome available(Section section) {
        return guarded(() -> {
            MediaType from = type(section.path());
            if (from == null) {
                return missingPart();
            }
            List<Conversion> possible = possible(from);
            Outcome refusal = refusal(from, possible);
            if (refusal != null && (!possible.isEmpty() || command.target().isPresent())) {
                return refusal;
            }
            return new Available(
                    fitting(possible).stream().map(each -> each.to().toString()).toList());
        });
    }

    Outcome header(Section section) {
        return guarded(() -> {
            Sections sections = sections();
            Optional<ByteSource> header = section.kind() == Section.Kind.MIME
                    ? sections.mime(section.path())
                    : sections.header(section.path());
            if (header.isEmpty()) {
                return new Bad("There is no such header", Optional.empty(), HEADERS, Map.of());
            }
            List<String> foreign = HeaderConversion.foreign(command.parameters());
            if (!foreign.isEmpty()) {
                return bad("These parameters mean nothing for a header", HEADERS, HEADERS, foreign);
            }
            // Of the MIME header of a part RFC 5259 6 has an example without.
            if (section.kind() == Section.Kind.HEADER && !command.parameters().containsKey(CHARSET)) {
                return new Missing("A charset must be given", HEADERS, HEADERS, List.of(CHARSET));
            }
            try {
                return new DoneHeader(HeaderConversion.convert(header.get(), command.parameters()));
            } catch (Unconvertible e) {
                return bad(e.why(), HEADERS, HEADERS, e.parameters());
            }
        });
    }

    private Outcome missingPart() {
        String to = command.target().orElse(UNKNOWN.toString());
        return new Bad("There is no such part", Optional.empty(), to, Map.of());
    }

    /// Null when there is no such part.
    private @Nullable MediaType type(int[] path) {
        if (path.length == 0) {
            return MESSAGE;
        }
        Optional<Digest.Part> part = row.digest().part(path);
        return part.isEmpty()
                ? null
                : MediaType.parse(part.get().type() + "/" + part.get().subtype())
                        .orElse(UNKNOWN);
    }

    /// By type, whatever the parameters.
    private List<Conversion> possible(MediaType from) {
        if (command.target().isEmpty()) {
            return Conversions.of(from, rules.image());
        }
        return MediaType.parse(command.target().get())
                .flatMap(to -> Conversions.find(from, to))
                .map(List::of)
                .orElse(List.of());
    }

    private List<Conversion> fitting(List<Conversion> possible) {
        return possible.stream()
                .filter(each -> each.foreign(command.parameters()).isEmpty())
                .toList();
    }

    /// Why none of the conversions will do; null when one does.
    private @Nullable Outcome refusal(MediaType from, List<Conversion> possible) {
        if (possible.isEmpty()) {
            String to = command.target().orElse(from.toString());
            return new Bad("There is no such conversion", Optional.of(from.toString()), to, Map.of());
        }
        if (fitting(possible).isEmpty()) {
            Conversion meant = possible.getFirst();
            List<String> foreign = meant.foreign(command.parameters());
            return bad(
                    "These parameters mean nothing here",
                    from.toString(),
                    meant.to().toString(),
                    foreign);
        }
        return null;
    }

    private Outcome bad(String why, String from, String to, List<String> names) {
        Map<String, String> blamed = new LinkedHashMap<>();
        for (String name : names) {
            blamed.put(name, command.parameters().getOrDefault(name, ""));
        }
        return new Bad(why, Optional.of(from), to, blamed);
    }

    private Outcome convert(Section section, MediaType from, Conversion conversion) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(command.parameters());
        if (conversion.parameters().contains(CHARSET) && command.target().isEmpty()) {
            parameters.putIfAbsent(CHARSET, "utf-8");
        }
        ConversionMemory.Key key = new ConversionMemory.Key(
                row.uid(), java.util.Arrays.stream(section.path()).boxed().toList(), conversion.to(), parameters);
        Converted known = box.conversions().find(key);
        if (known != null) {
            return new Done(known);
        }
        String to = conversion.to().toString();
        try {
            Digest.Part part = row.digest().part(section.path()).orElseThrow();
            ByteSource content = sections().binary(section.path()).orElseThrow();
            PartContent source = new PartContent(from, part.charset(), content);
            Converted result = desk.convert(() -> conversion.convert(source, parameters, rules.limits()));
            box.conversions().keep(key, result);
            return new Done(result);
        } catch (Unconvertible e) {
            return switch (e.kind()) {
                case BAD_PARAMETERS -> bad(e.why(), from.toString(), to, e.parameters());
                case MISSING_PARAMETERS -> new Missing(e.why(), from.toString(), to, e.parameters());
            };
        } catch (ConversionDesk.NotNow e) {
            return new Later(e.why(), e);
        } catch (MailException e) {
            if (e.kind() != MailError.UNKNOWN_CTE) {
                throw e;
            }
            return bad("The part's transfer encoding is not known", from.toString(), to, List.of());
        }
    }

    private Sections sections() {
        return new Sections(row.content(), row.digest(), row.guid(), box.lastPart());
    }
}
