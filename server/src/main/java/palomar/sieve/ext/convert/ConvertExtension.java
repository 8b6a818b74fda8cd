package palomar.sieve.ext.convert;

import java.util.ArrayList;
import java.util.List;
import palomar.convert.MediaType;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Text;

/// RFC 6558
public final class ConvertExtension implements Extension {
    @Override
    public String name() {
        return "convert";
    }

    @Override
    public void declare(Declarations declarations) {
        Spec spec = Spec.of("convert")
                .string("quoted-from-media-type")
                .string("quoted-to-media-type")
                .strings("transcoding-params")
                .saying(words -> "convert parts of the type " + words.of("quoted-from-media-type") + " to "
                        + words.of("quoted-to-media-type"));
        declarations.command(spec, arguments -> {
            Conversion conversion = compile(arguments);
            return run -> {
                conversion.run(run);
                return Flow.NEXT;
            };
        });
        declarations.test(spec, arguments -> compile(arguments)::run);
    }

    private static Conversion compile(Arguments arguments) {
        if (isType(arguments, "quoted-from-media-type") && isType(arguments, "quoted-to-media-type")) {
            checkParameters(arguments);
        }
        return new Conversion(
                arguments.string("quoted-from-media-type"),
                arguments.string("quoted-to-media-type"),
                new ArrayList<>(arguments.strings("transcoding-params").list()));
    }

    private static boolean isType(Arguments arguments, String argument) {
        String text = arguments.string(argument).constant().orElse("text/plain");
        if (MediaType.parse(text).isPresent()) {
            return true;
        }
        arguments.error(
                argument, "invalid media type '" + text + "' for the " + arguments.label() + ": expected type/subtype");
        return false;
    }

    private static void checkParameters(Arguments arguments) {
        List<Text> parameters = arguments.strings("transcoding-params").list();
        for (Text parameter : parameters) {
            String text = parameter.constant().orElse("name=value");
            if (!text.isEmpty() && text.indexOf('=') < 1) {
                arguments
                        .scope()
                        .error(
                                parameter.at(),
                                "invalid transcoding parameter '" + text + "' for the " + arguments.label()
                                        + ": expected name=value");
                return;
            }
        }
    }
}
