using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>The headers that an operation's own parameters make, cookies together in one.</summary>
internal static class ParameterHeaders
{
    /// <param name="operation">Only its declared parameters are sent.</param>
    /// <param name="arguments">A JSON object with one property for each parameter.</param>
    /// <param name="problem">A sentence that names the argument at fault; null where there is none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Build(Operation operation, JsonElement arguments, out string? problem)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var cookies = new List<string>();
        problem = null;
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.Place is not (ParameterPlace.Header or ParameterPlace.Cookie) || parameter.Wire is not { } wire
                || !arguments.TryGetProperty(parameter.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var text = ParameterText.Simple(wire, value);
            var fault = text is null ? "it is no text, number, boolean, list or object of these" : parameter.Place == ParameterPlace.Header ? HeaderText.Problem(wire.Name, text) : null;
            if (fault is not null)
            {
                problem = $"The argument '{parameter.Name}' cannot be sent: {fault}.";
                return [];
            }

            if (parameter.Place == ParameterPlace.Header)
            {
                headers.Add(new(wire.Name, text!));
            }
            else
            {
                cookies.Add($"{wire.Name}={(HeaderText.CookieProblem(text!) is null ? text : Uri.EscapeDataString(text!))}");
            }
        }

        return cookies.Count == 0 ? headers : [.. headers, new("Cookie", string.Join("; ", cookies))];
    }
}
