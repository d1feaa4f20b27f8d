using System.Globalization;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Says that a platform has cut a list, and which of its own arguments go on. A list that was cut unsaid would be taken for the whole.</summary>
internal static class PageRemark
{
    private static readonly string[] Sizes = ["limit", "pagesize", "perpage", "size", "count", "max", "maxresults", "top", "first", "rows"];
    private static readonly string[] Starts = ["offset", "start", "skip", "from"];
    private static readonly string[] Pages = ["page", "pagenumber", "pageno"];

    /// <param name="call">What was asked.</param>
    /// <param name="value">What came.</param>
    /// <param name="total">How many rows there are in all, where the platform says it.</param>
    /// <returns>Null where the list is whole, as far as one can see.</returns>
    public static string? Of(Call call, JsonElement value, long? total)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is not (> 0 and var shown) || call.Operation is not { Result: ResultShape.List, HasListArguments: false })
        {
            return null;
        }

        var (size, start, page) = (Find(call, Sizes), Find(call, Starts), Find(call, Pages));
        var before = Number(call, start) ?? (page is not null && Number(call, size) is { } rows ? ((Number(call, page) ?? 1) - 1) * rows : 0);
        if (total is { } all)
        {
            return before + shown < all ? Text($"The platform gave {shown} of {all} rows", call, size, start, page, before + shown) : null;
        }

        return Number(call, size) == shown && size is not null ? Text($"The platform gave the {shown} rows that {size.Name} allows; there may be more", call, size, start, page, before + shown) : null;
    }

    private static string Text(string what, Call call, Parameter? size, Parameter? start, Parameter? page, long next)
    {
        var how = start is not null ? $"{start.Name}={next.ToString(CultureInfo.InvariantCulture)} goes on"
            : page is not null ? $"{page.Name}={((Number(call, page) ?? 1) + 1).ToString(CultureInfo.InvariantCulture)} goes on"
            : "";
        var more = size is null ? "" : $"{size.Name} takes more at once";
        return (how, more) switch
        {
            ("", "") => $"{what}.",
            (_, "") or ("", _) => $"{what}: {how}{more}.",
            _ => $"{what}: {how}, {more}.",
        };
    }

    private static Parameter? Find(Call call, string[] names) => call.Operation.Parameters.FirstOrDefault(parameter =>
        parameter.Place == ParameterPlace.Query && names.Contains(string.Concat(parameter.Name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()));

    // What the caller said, else what the description says the platform takes then.
    private static long? Number(Call call, Parameter? parameter)
    {
        if (parameter is null)
        {
            return null;
        }

        if (call.Arguments.TryGetProperty(parameter.Name, out var given))
        {
            return given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) ? number : null;
        }

        return parameter.Schema.ValueKind == JsonValueKind.Object && parameter.Schema.TryGetProperty("default", out var usual)
            && usual.ValueKind == JsonValueKind.Number && usual.TryGetInt64(out var otherwise) ? otherwise : null;
    }
}
