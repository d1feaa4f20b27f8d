using System.Text;
using System.Text.Json;
using System.Xml;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Puts failures into parts, by the rules of a call. Never shows pages, nor a body that nobody knows.</summary>
internal static class CallErrors
{
    private const int LongestMessage = 1_024;
    private const int LongestCode = 100;

    private static readonly string[] UsualPaths =
        ["$.message", "$.error.message", "$.error", "$.detail", "$.title", "$.errors[0].message", "$.errors[0].reason", "$.msg"];

    public static CallError Of(TransportFailure failure) => failure.Kind switch
    {
        FailureKind.TooLarge => new CallError("too_large", failure.Text),
        FailureKind.Redirected => new CallError("unexpected_redirect", failure.Text),
        FailureKind.Dns => new CallError("transport", failure.Text) { ProviderCode = "dns_error" },
        FailureKind.Tls => new CallError("transport", failure.Text) { ProviderCode = "tls_error" },
        FailureKind.Refused => new CallError("transport", failure.Text) { ProviderCode = "connection_refused" },
        FailureKind.Timeout => new CallError("transport", failure.Text) { ProviderCode = "timeout" },
        _ => new CallError("transport", failure.Text) { ProviderCode = "protocol_error" },
    };

    public static CallError Of(HttpReply reply, ErrorRules rules)
    {
        var (message, code) = rules.Format switch
        {
            ErrorFormat.Text => (IsPage(reply) ? null : Encoding.UTF8.GetString(reply.Body.Span), null),
            ErrorFormat.Xml => (InXml(reply, rules.MessagePath), InXml(reply, rules.CodePath)),
            _ => InJson(reply, rules),
        };
        return new CallError(rules.Codes.GetValueOrDefault(reply.Status) ?? CallError.CodeOf(reply.Status), Short(message, LongestMessage) is { Length: > 0 } text ? text : $"HTTP {reply.Status} {reply.Reason}".TrimEnd())
        {
            HttpStatus = reply.Status,
            ProviderCode = Short(code, LongestCode) is { Length: > 0 } own ? own : null,
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>Whether an answer is a page for people.</summary>
    public static bool IsPage(HttpReply reply)
    {
        var start = Encoding.UTF8.GetString(reply.Body.Span[..Math.Min(reply.Body.Length, 200)]).TrimStart();
        return reply.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static (string? Message, string? Code) InJson(HttpReply reply, ErrorRules rules)
    {
        var body = PlatformClient.ValueOf(reply);
        if (body.ValueKind == JsonValueKind.Undefined)
        {
            return (null, null);
        }

        return (At(body, rules.MessagePath) ?? UsualPaths.Select(path => TextAt(body, path)).FirstOrDefault(static text => text is not null) ?? Fields(body), At(body, rules.CodePath));
    }

    // error: { "body.size": { message: … } }, as servers tell what is wrong with each field.
    private static string? Fields(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !(body.TryGetProperty("error", out var error) || body.TryGetProperty("errors", out error)) || error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var fields = error.EnumerateObject()
            .Where(static field => field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
            .Select(static field => $"{field.Name}: {field.Value.GetProperty("message").GetString()}").ToList();
        return fields.Count == 0 ? null : string.Join("; ", fields);
    }

    private static string? At(JsonElement body, string? path) =>
        path is not null && JsonPath.TryParse(path, out var parsed) && parsed.TryFind(body, out var value) ? value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        } : null;

    private static string? TextAt(JsonElement body, string path) =>
        JsonPath.TryParse(path, out var parsed) && parsed.TryFind(body, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // $.a.b goes from element to element; no entities and nothing from elsewhere.
    private static string? InXml(HttpReply reply, string? path)
    {
        if (path is null || IsPage(reply))
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(reply.Body.Span)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var names = path.TrimStart('$').Trim('.').Split('.');
            var found = new List<string>();
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    found.RemoveRange(Math.Min(reader.Depth, found.Count), Math.Max(0, found.Count - reader.Depth));
                    found.Add(reader.LocalName);
                    if (found.SequenceEqual(names, StringComparer.Ordinal) || found.Skip(1).SequenceEqual(names, StringComparer.Ordinal))
                    {
                        return reader.ReadElementContentAsString();
                    }
                }
            }

            return null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Short(string? text, int longest) => text is null ? "" : DescriptionText.OneLine(text, longest);
}
