using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>The parameters of a request: its body and its query, the query winning.</summary>
internal static class RequestBody
{
    /// <returns>The parameters; or the answer to a body that cannot be read.</returns>
    public static (Parameters Parameters, Reply? Fault) Read(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var parameters = new Parameters();
        if (request.Method is "POST" or "PUT" && body.Length > 0)
        {
            var text = Encoding.UTF8.GetString(body);
            if (MediaType(request) == "application/json")
            {
                if (Json(text, parameters) is { } fault)
                {
                    return (parameters, Reply.Plain(500, fault, fault));
                }
            }
            else
            {
                FormText.Read(text, (name, value) => parameters[name] = value);
            }
        }

        FormText.Read(request.QueryString.Value?.TrimStart('?') ?? "", (name, value) => parameters[name] = value);
        parameters.Remove("_dc");
        return (parameters, null);
    }

    /// <summary>The media type in small letters; empty where there is none.</summary>
    public static string MediaType(HttpRequest request) =>
        (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static string? Json(string text, Parameters parameters)
    {
        try
        {
            switch (JsonNode.Parse(text))
            {
                case JsonObject fields:
                    foreach (var (name, value) in fields.ToList())
                    {
                        fields.Remove(name);
                        parameters[name] = value;
                    }

                    return null;
                case null:
                    return null;
                default:
                    return "Not a HASH reference at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 943.\n";
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return JsonFault.Describe(text);
        }
    }
}
