package palomar.sieve.ext.body;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import palomar.message.edit.BodyString;
import palomar.message.edit.BodyStrings;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Texts;

/// RFC 5173
public final class BodyExtension implements Extension {
    private static final String GROUP = "body transform";

    @Override
    public String name() {
        return "body";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(
                Spec.of("body")
                        .tag(transform(Tag.of("raw"), use -> (run, body) -> body.raw()))
                        .tag(transform(Tag.of("content").strings(), use -> content(use.strings())))
                        .tag(transform(Tag.of("text"), use -> (run, body) -> body.text()))
                        .matchTags()
                        .strings("key list")
                        .saying(words -> "the body " + words.match("key list")),
                BodyExtension::compile);
    }

    private static Tag transform(Tag tag, Function<Tag.Use, Transform> strings) {
        return tag.group(GROUP).compile(strings::apply);
    }

    private static Transform content(Texts types) {
        return (run, body) -> body.content(types.values(run));
    }

    private static Condition compile(Arguments arguments) {
        Transform transform =
                arguments.all(Transform.class).stream().findFirst().orElse((run, body) -> body.text());
        BodyMatching matching = BodyMatching.of(arguments);
        return run -> {
            run.charge(1);
            return matching.matches(run, transform.strings(run, run.message().body()));
        };
    }

    /// Which strings of the body are looked at. RFC 5173 5
    @FunctionalInterface
    private interface Transform {
        List<BodyString> strings(Run run, BodyStrings body) throws IOException;
    }
}
