using System.Globalization;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Asks a platform whether it is well. Never fails: how it went is the result.</summary>
internal static class HealthCheck
{
    public static JsonElement Judge(HealthRules rules, Sent sent, TimeSpan latency, DateTimeOffset now)
    {
        var reply = sent.Result as HttpReply;
        var body = reply is null ? default : PlatformClient.ValueOf(reply);
        var problem = sent.Problem?.Message ?? Problem(rules, sent, reply, body);
        return JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", problem is null);
            if (reply is not null)
            {
                writer.WriteNumber("http_status", reply.Status);
            }
            else if (sent.Problem is null && sent.Result is TransportFailure failure)
            {
                writer.WriteString("error_code", CallErrors.Of(failure).ProviderCode ?? "protocol_error");
            }

            writer.WriteNumber("latency_ms", Math.Round(latency.TotalMilliseconds));
            writer.WriteString("checked_at", now);
            if (Expiry(rules, body) is { } expires)
            {
                writer.WriteString("auth_expires_at", expires);
            }

            if (problem is not null)
            {
                writer.WriteString("error", problem);
            }

            writer.WriteEndObject();
        });
    }

    private static string? Problem(HealthRules rules, Sent sent, HttpReply? reply, JsonElement body)
    {
        if (reply is null)
        {
            return ((TransportFailure)sent.Result).Text;
        }

        if (rules.Status is { } wanted ? reply.Status != wanted : !reply.IsSuccess)
        {
            return $"The API answered {reply.Status}{(rules.Status is { } status ? $" and not {status.ToString(CultureInfo.InvariantCulture)}" : "")}";
        }

        return rules.MustHave is { } text && JsonPath.TryParse(text, out var path) && (body.ValueKind == JsonValueKind.Undefined || !path.TryFind(body, out _)) ? $"{text} is not in the answer" : null;
    }

    private static string? Expiry(HealthRules rules, JsonElement body) =>
        rules.AuthExpires is { } text && body.ValueKind != JsonValueKind.Undefined && JsonPath.TryParse(text, out var path) && path.TryFind(body, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
