using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Confirmation;

/// <summary>Puts a preview into words; heading and labels are those that users of the reference server know.</summary>
/// <param name="safe">Writes a JSON value without secrets.</param>
internal sealed class PreviewText(Func<JsonElement, string> safe)
{
    private const string Heading = "## Confirmation Required";

    /// <summary>The same without the heading that asks the caller's own person.</summary>
    public string Request(Call call, Access access, Preview preview) => Question(call, access, preview)[Heading.Length..].Trim();

    public string Question(Call call, Access access, Preview preview)
    {
        var text = new StringBuilder();
        text.AppendLine(Heading).AppendLine();
        foreach (var subject in preview.Subjects)
        {
            text.Append("**Object:** ").AppendLine(subject);
        }

        text.Append("**Operation:** ").Append(call.Operation.Name).Append(" (").Append(call.Operation.Title).AppendLine(")");
        text.Append("**Backend:** ").AppendLine(call.Backend);
        text.Append("**Class:** ").AppendLine(Class(access));
        text.Append("**Method:** ").AppendLine(call.Operation.Method);
        text.Append("**Path:** ").AppendLine(Path(call));
        if (FieldsOf(call, ParameterPlace.Header, ParameterPlace.Cookie) is { } headers)
        {
            text.Append("**Headers:** ").AppendLine(safe(headers));
        }

        if (call.Arguments.TryGetProperty("body", out var body))
        {
            text.Append("**Body:** ").AppendLine(safe(body));
        }
        else if (FieldsOf(call, ParameterPlace.Body) is { } fields)
        {
            text.Append("**Body:** ").AppendLine(safe(fields));
        }

        foreach (var consequence in preview.Consequences)
        {
            text.Append("**Note:** ").AppendLine(consequence);
        }

        return text.ToString();
    }

    public static string WithToken(string question, string token) =>
        $"""
        {question}
        Nothing has been sent yet. To run exactly this, call the tool again with the same arguments and:

        confirm_token: "{token}"

        The token works once, for this call only, and expires in 5 minutes. Show this preview to the person first.
        """;

    public static string Agreed(Call call, string token) =>
        $"""
        The person agreed to exactly this call of {call.Operation.Name} on '{call.Backend}'. Nothing has been sent yet. Call the tool now with the same arguments and:

        confirm_token: "{token}"

        The token works once, for this call only, and expires in 5 minutes.
        """;

    public static string OfDryRun(string question) =>
        $"""
        {question}
        This is a preview only: nothing has been sent. To do it, call the tool again without dry_run.
        """;

    private static string Class(Access access) => access switch
    {
        Access.Dangerous => "dangerous: destroys, cuts power, or cannot be undone",
        Access.Admin => "admin: rights, credentials or configuration of the platform",
        _ => "write: changes something and can be undone",
    };

    // What goes to a place as an argument of its own; null for nothing.
    private static JsonElement? FieldsOf(Call call, params ParameterPlace[] places)
    {
        var fields = call.Operation.Parameters.Where(parameter => places.Contains(parameter.Place) && call.Arguments.TryGetProperty(parameter.Name, out _)).ToList();
        return fields.Count == 0 ? null : JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var field in fields)
            {
                writer.WritePropertyName(field.Name);
                call.Arguments.GetProperty(field.Name).WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    // With the host where it is not the backend's own, and with what the description itself puts behind the question mark.
    private static string Path(Call call)
    {
        var path = call.Operation.Rules?.Origin + call.Operation.Path;
        var query = new StringBuilder();
        foreach (var (name, value) in call.Operation.Rules?.Query ?? [])
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
        }

        foreach (var parameter in call.Operation.Parameters)
        {
            if (!call.Arguments.TryGetProperty(parameter.Name, out var value))
            {
                continue;
            }

            if (parameter.Place == ParameterPlace.Path)
            {
                var (placeholder, text) = ($"{{{parameter.Wire?.Name ?? parameter.Name}}}", Uri.EscapeDataString(value.ToString()));
                path = path.Replace(placeholder, text, StringComparison.Ordinal);
                query.Replace(placeholder, text);
            }
            else if (parameter.Place == ParameterPlace.Query)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(parameter.Name).Append('=').Append(Uri.EscapeDataString(value.ToString()));
            }
        }

        return path + query;
    }
}
