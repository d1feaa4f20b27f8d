using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// <c>/mcp?surfaces=search,fleet</c>: the only surfaces that a request is shown, or the session that it opens. It takes away what the caller would see, and
/// adds nothing.
/// </summary>
internal static class RequestSurfaces
{
    private const string Parameter = "surfaces";
    private static readonly string[] Known = [.. Enum.GetNames<Surface>().Select(static name => name.ToLowerInvariant())];

    /// <summary>What is wrong with the address; null for nothing.</summary>
    public static string? Problem(HttpRequest request)
    {
        var names = Names(request);
        return names is null ? null
            : names.FirstOrDefault(static name => !Known.Contains(name)) is { } unknown ? $"'{unknown}' in ?{Parameter}= is no surface. There are: {string.Join(", ", Known)}."
            : names.Count == 0 ? $"?{Parameter}= names nothing. Leave it out, or name some of: {string.Join(", ", Known)}."
            : null;
    }

    /// <summary>For whom the request is answered.</summary>
    public static Audience AudienceOf(HttpRequest request, Caller caller) => Names(request) is { } names ? Audience.Of(caller).On(names) : Audience.Of(caller);

    private static List<string>? Names(HttpRequest request) => request.Query.TryGetValue(Parameter, out var values)
        ? [.. values.SelectMany(static value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(static name => name.ToLowerInvariant())]
        : null;
}
