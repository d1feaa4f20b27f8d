using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>What a caller must be allowed on the platform.</summary>
/// <param name="Text">A sentence; empty where the API says that everybody may.</param>
/// <param name="Privileges">The same in parts: a path as resource, and the privileges there.</param>
internal sealed record Permissions(string Text, IReadOnlyList<Privilege> Privileges)
{
    private const int LongestNote = 200;
    private const int Deepest = 8;

    public static Permissions Of(JsonElement method)
    {
        if (ApiText.Object(method, "permissions") is not { } declared || !declared.EnumerateObject().Any())
        {
            return new("Only root@pam may do this, with a login and not a token.", []);
        }

        var privileges = new List<Privilege>();
        var text = ApiText.Of(declared, "user") switch
        {
            "world" => "",
            "all" => Note(declared),
            _ when declared.TryGetProperty("check", out var check) => $"Needs {Render(check, privileges, 0)}.",
            _ => Note(declared),
        };
        return new(ApiText.Flag(method, "allowtoken") || !method.TryGetProperty("allowtoken", out _) ? text : $"{text} Not with an API token: only with a login.".Trim(), privileges);
    }

    // Checks that are made in the platform's code, in its own words.
    private static string Note(JsonElement declared) => DescriptionText.OneLine(ApiText.Of(declared, "description"), LongestNote) is { Length: > 0 } note
        ? $"Rights: {note.TrimEnd('.')}."
        : "";

    private static string Render(JsonElement check, List<Privilege> privileges, int depth)
    {
        if (check.ValueKind != JsonValueKind.Array || check.GetArrayLength() < 2 || depth > Deepest)
        {
            return "rights that its description does not tell";
        }

        JsonElement[] parts = [.. check.EnumerateArray()];
        return Word(parts[0]) switch
        {
            "perm" => Perm(parts, privileges),
            "and" => string.Join(" and ", parts[1..].Select(part => Grouped(part, privileges, depth))),
            "or" => string.Join(" or ", parts[1..].Select(part => Grouped(part, privileges, depth))),
            "userid-param" => Word(parts[1]) == "self" ? "to be that user" : $"{Word(parts[1])} on the user's realm",
            "userid-group" => $"{Names(parts[1], "or")} on a group of the user, or on /access/groups",
            "perm-modify" => $"the right to change permissions on {Word(parts[1])}",
            var word => word,
        };
    }

    private static string Grouped(JsonElement part, List<Privilege> privileges, int depth)
    {
        var text = Render(part, privileges, depth + 1);
        return part.ValueKind == JsonValueKind.Array && part.GetArrayLength() > 2 && Word(part[0]) is "and" or "or" ? $"({text})" : text;
    }

    private static string Perm(JsonElement[] parts, List<Privilege> privileges)
    {
        if (parts.Length < 3)
        {
            return "rights that its description does not tell";
        }

        var any = false;
        for (var index = 3; index + 1 < parts.Length; index += 2)
        {
            any |= Word(parts[index]) == "any" && ApiText.IsSet(parts[index + 1]);
        }

        var (path, names) = (Word(parts[1]), Names(parts[2], any ? "or" : "and"));
        privileges.Add(new Privilege(path, names));
        return $"{names} on {path}";
    }

    private static string Names(JsonElement list, string conjunction) => list.ValueKind == JsonValueKind.Array
        ? string.Join($" {conjunction} ", list.EnumerateArray().Select(Word))
        : Word(list);

    private static string Word(JsonElement value) => DescriptionText.OneLine(value.ToString(), DescriptionText.LongestTitle);
}
