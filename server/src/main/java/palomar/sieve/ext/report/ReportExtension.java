package palomar.sieve.ext.report;

import palomar.sieve.Action;
import palomar.sieve.Addresses;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// `report [:headers_only] <feedback-type> <message> <address>` (vnd.dovecot.report)
public final class ReportExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.report";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("report")
                        .tag(Tag.of("headers_only"))
                        .string("feedback-type")
                        .string("message")
                        .string("address"),
                ReportExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        arguments
                .string("feedback-type")
                .constant()
                .filter(type -> !isToken(type))
                .ifPresent(type -> arguments.error(
                        "feedback-type",
                        "invalid feedback-type '" + type + "' for the report command: expected a word like abuse"));
        Addresses.check(arguments, "address");
        Text type = arguments.string("feedback-type");
        Text message = arguments.string("message");
        Text address = arguments.string("address");
        boolean headersOnly = arguments.has(":headers_only");
        return run -> {
            String word = type.value(run);
            if (!isToken(word)) {
                throw run.fault("invalid feedback-type '" + word + "'");
            }
            run.act(new Action.Report(
                    word,
                    message.value(run),
                    Addresses.value(run, address),
                    headersOnly,
                    run.message().version()));
            return Flow.NEXT;
        };
    }

    /// RFC 5965 3.1: a token.
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }
}
