using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The class that a document's author gives an operation: <c>x-hypergate-access</c>, <c>x-access</c> or <c>x-mcp-exposure</c>.</summary>
internal static class AccessMark
{
    private static readonly string[] Words = ["x-hypergate-access", "x-access", "x-mcp-exposure"];

    /// <summary>
    /// The class with the mark: it may raise the class, or say that a POST only looks. It cannot take away what a person is asked about,
    /// because whoever sends the description is not trusted so far; the operator's own settings can.
    /// </summary>
    public static Access On(Access access, string method, JsonElement operation) => In(operation) switch
    {
        null => access,
        Access.Read when method == "POST" && access == Access.Write => Access.Read,
        { } marked => marked > access ? marked : access,
    };

    private static Access? In(JsonElement operation)
    {
        foreach (var word in Words)
        {
            if (operation.TryGetProperty(word, out var mark) && mark.ValueKind == JsonValueKind.String && Read(mark.GetString()!) is { } access)
            {
                return access;
            }
        }

        return null;
    }

    // Advice to assistants is no class of its own: what they shall be denied or asked about is at least that harmful.
    private static Access? Read(string word) => word switch
    {
        "deny" => Access.Dangerous,
        "confirm" => Access.Write,
        _ => word.Length > 0 && char.IsAsciiLetter(word[0]) && Enum.TryParse<Access>(word, ignoreCase: true, out var access) && Enum.IsDefined(access) ? access : null,
    };
}
