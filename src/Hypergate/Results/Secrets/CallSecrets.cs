using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Secrets;

/// <summary>
/// The secrets that a caller hands over with a call, such as a new user's password. A platform may repeat them in an error text,
/// where no name tells what they are.
/// </summary>
internal static class CallSecrets
{
    private const int Most = 50;
    private const int Deepest = 64;

    /// <param name="arguments">Those of the call.</param>
    /// <param name="names">Under which they are secrets.</param>
    public static IReadOnlyList<string> Of(JsonElement arguments, SecretNames names)
    {
        var found = new List<string>();
        Collect(arguments, names, isSecret: false, found, 0);
        return found;
    }

    private static void Collect(JsonElement value, SecretNames names, bool isSecret, List<string> found, int depth)
    {
        if (found.Count >= Most || depth > Deepest)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Collect(property.Value, names, isSecret || names.Contain(JsonText.NameOf(property)), found, depth + 1);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Collect(item, names, isSecret, found, depth + 1);
                }

                break;
            case JsonValueKind.String when EmbeddedJson.Read(JsonText.Of(value)) is { } inner:
                Collect(inner, names, isSecret, found, depth + 1);
                break;
            case JsonValueKind.String when isSecret:
                found.Add(JsonText.Of(value));
                break;
            case JsonValueKind.Number when isSecret:
                found.Add(value.GetRawText());
                break;
        }
    }
}
