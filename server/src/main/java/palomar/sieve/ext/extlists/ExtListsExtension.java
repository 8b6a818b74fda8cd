package palomar.sieve.ext.extlists;

import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Texts;
import palomar.sieve.match.Key;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.Matcher;

/// The match type `:list`, `valid_ext_list`, and `redirect :list`. RFC 6134
public final class ExtListsExtension implements Extension {
    private static final Effect TO_LIST = (action, run) -> {
        if (!(action instanceof Action.Redirect redirect)) {
            return action;
        }
        if (!run.host().hasList(redirect.address())) {
            throw run.fault("unknown list '" + redirect.address() + "' for the redirect command");
        }
        return redirect.withList();
    };

    @Override
    public String name() {
        return "extlists";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.matchType(new InList());
        declarations.tag("redirect", Tag.of("list").compile(use -> TO_LIST));
        declarations.test(Spec.of("valid_ext_list").strings("list names"), ExtListsExtension::validList);
    }

    private static Condition validList(Arguments arguments) {
        Texts names = arguments.strings("list names");
        return run -> names.values(run).stream().allMatch(run.host()::hasList);
    }

    /// The keys are names of lists. RFC 6134 2.2
    private static final class InList implements MatchType {
        @Override
        public String tag() {
            return "list";
        }

        @Override
        public Matcher matcher(Use use) {
            return new Lists();
        }
    }

    private record Lists() implements Matcher {
        @Override
        public Key key(String list) {
            return (run, value) -> run.host().listContains(list, value);
        }
    }
}
