/// Variables of a user that outlive the run: vnd.palomar.user-variables.
@NullMarked
package palomar.sieve.ext.uservariables;

import org.jspecify.annotations.NullMarked;
