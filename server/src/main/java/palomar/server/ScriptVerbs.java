package palomar.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import palomar.admin.ControlFailure;
import palomar.admin.ControlIntake;
import palomar.admin.ControlVerb;
import palomar.mail.MailException;

/// What an operator can ask of the running house about scripts: `sieve-` and the name of a [ScriptWork.Verb].
final class ScriptVerbs {
    private final ScriptWork work;

    ScriptVerbs(ScriptWork work) {
        this.work = work;
    }

    Map<String, ControlVerb> verbs() {
        Map<String, ControlVerb> verbs = new LinkedHashMap<>();
        for (ScriptWork.Verb verb : ScriptWork.Verb.values()) {
            if (verb != ScriptWork.Verb.PUT) {
                verbs.put(word(verb), (words, reply) -> run(verb, words, InputStream.nullInputStream(), reply::line));
            }
        }
        return verbs;
    }

    Map<String, ControlIntake> intakes() {
        ScriptWork.Verb put = ScriptWork.Verb.PUT;
        return Map.of(word(put), (words, content) -> run(put, words, content, line -> {}));
    }

    private static String word(ScriptWork.Verb verb) {
        return "sieve-" + verb.name().toLowerCase(Locale.ROOT);
    }

    private void run(ScriptWork.Verb verb, List<String> words, InputStream content, Consumer<String> out) {
        try {
            work.run(verb, words, content, out);
        } catch (MailException refused) {
            throw new ControlFailure(ExitCode.of(refused.kind()).number(), refused.getMessage());
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }
}
