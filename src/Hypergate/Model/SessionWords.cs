namespace Hypergate.Model;

/// <summary>A login by its parts.</summary>
/// <param name="User">The field of the body that is the user.</param>
/// <param name="Password">The field that is the password.</param>
/// <param name="BodyType">As what the body is sent.</param>
/// <param name="Extract">Names with the places in the answer, as JSONPath, where they stand.</param>
/// <param name="Inject">Headers of every request, with <c>{{name}}</c> for what was found.</param>
internal sealed record SessionWords(string User, string Password, string BodyType, IReadOnlyList<KeyValuePair<string, string>> Extract, IReadOnlyList<KeyValuePair<string, string>> Inject);
