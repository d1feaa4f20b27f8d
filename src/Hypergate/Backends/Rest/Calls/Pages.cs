using System.Globalization;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Where a list that comes in pages goes on.</summary>
internal static class Pages
{
    /// <summary>How many there are on a page where nobody says.</summary>
    public const int UsualLimit = 50;

    /// <summary>The address of the next page by the header Link; null where there is none.</summary>
    public static Uri? NextLink(HttpReply reply)
    {
        foreach (var header in reply.Headers.Where(static header => header.Key.Equals("Link", StringComparison.OrdinalIgnoreCase)))
        {
            if (LinkHeader.Find(header.Value, "next") is { } target && Uri.TryCreate(reply.Address, target, out var next))
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>What to add to a result that is only one page: where the list goes on; null where it does not or nobody knows.</summary>
    public static string? More(Call call, HttpReply reply, JsonElement body, JsonElement result)
    {
        var paging = call.Operation.Rules!.Paging!;
        if (paging.Strategy == PagingStrategy.LinkHeader)
        {
            return NextLink(reply) is { } link ? Differing(link, reply.Address) : null;
        }

        var hasMore = paging.HasMore is { } text && body.ValueKind != JsonValueKind.Undefined ? MoreExpression.Parse(text)?.Evaluate(body) : null;
        if (hasMore == false)
        {
            return null;
        }

        if (Cursor(paging, body) is { } cursor)
        {
            return Address(cursor) is { } next ? Differing(next, reply.Address) : $"more: {paging.PositionArgument ?? "cursor"}={cursor}";
        }

        if (paging.NextCursor is not null && hasMore is null)
        {
            return null;
        }

        return paging.Strategy == PagingStrategy.Page
            ? NextPage(call, paging, TotalPages(call.Operation.Rules, reply, body), result, hasMore)
            : NextOffset(call, paging, TotalCount(call.Operation.Rules, reply, body), result, hasMore);
    }

    /// <summary>The next cursor; null where there is none.</summary>
    public static string? Cursor(PagingRules paging, JsonElement body)
    {
        if (paging.NextCursor is not { } text || !JsonPath.TryParse(text, out var path) || body.ValueKind == JsonValueKind.Undefined || !path.TryFind(body, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.False || value.ToString().Length == 0 ? null : ArgumentText.TryRead(value);
    }

    /// <summary>The address that a cursor is; null where it is none.</summary>
    public static Uri? Address(string cursor) => Uri.TryCreate(cursor, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>The caller's number; null where there is none.</summary>
    public static int? Number(Call call, string? argument) =>
        argument is not null && call.Arguments.TryGetProperty(argument, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether the caller names a place in the list; the first one, where the description says which that is, is none.</summary>
    public static bool IsChosen(Call call, string? argument) =>
        argument is not null && call.Arguments.TryGetProperty(argument, out var value)
        && !(call.Operation.Parameters.FirstOrDefault(parameter => parameter.Name == argument) is { } known && known.Schema.TryGetProperty("default", out var first) && JsonElement.DeepEquals(first, value));

    public static int? Header(HttpReply reply, string? name) =>
        name is not null && int.TryParse(reply.Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>How many rows a result has; null where it is no list.</summary>
    public static int? Count(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Array => result.GetArrayLength(),
        JsonValueKind.Object => result.EnumerateObject().Where(static property => property.Value.ValueKind == JsonValueKind.Array).Select(static property => property.Value.GetArrayLength()).ToList() is [var only] ? only : null,
        _ => null,
    };

    /// <summary>How many pages there are, by a header or by what the answer says of itself; null where nobody says.</summary>
    public static int? TotalPages(CallRules rules, HttpReply reply, JsonElement body) =>
        Header(reply, rules.Paging!.TotalPagesHeader) ?? Metadata(rules, body, "total_pages", "totalPages", "pages", "page_count", "pageCount", "num_pages", "last_page", "lastPage");

    /// <summary>How many rows there are on all pages; null where nobody says.</summary>
    public static int? TotalCount(CallRules rules, HttpReply reply, JsonElement body) =>
        Header(reply, rules.Paging!.TotalCountHeader) ?? Metadata(rules, body, "total_count", "totalCount", "total", "total_results", "totalResults", "results");

    // What stands at metadata_path is the platform's own word for it, a number or an object with one; the field's usual names are tried.
    private static int? Metadata(CallRules rules, JsonElement body, params IReadOnlyList<string> names)
    {
        if (rules.Response.MetadataPath is not { } text || body.ValueKind == JsonValueKind.Undefined || !JsonPath.TryParse(text, out var path) || !path.TryFind(body, out var metadata))
        {
            return null;
        }

        return metadata.ValueKind switch
        {
            JsonValueKind.Number when names.Contains(text.Split('.')[^1], StringComparer.Ordinal) => Whole(metadata),
            JsonValueKind.Object => names.Select(name => metadata.TryGetProperty(name, out var value) ? Whole(value) : null).FirstOrDefault(static number => number is not null),
            _ => null,
        };
    }

    private static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : null;

    private static string? NextPage(Call call, PagingRules paging, int? pages, JsonElement result, bool? hasMore)
    {
        var page = Number(call, paging.PositionArgument) ?? 1;
        if (pages is { } all)
        {
            return page < all ? $"more: {paging.PositionArgument ?? "page"}={page + 1} of {all}" : null;
        }

        return hasMore == true || IsFull(call, paging, result) ? $"more: {paging.PositionArgument ?? "page"}={page + 1}" : null;
    }

    private static string? NextOffset(Call call, PagingRules paging, int? total, JsonElement result, bool? hasMore)
    {
        if (Count(result) is not { } count || count == 0)
        {
            return null;
        }

        var next = (Number(call, paging.PositionArgument) ?? 0) + count;
        var goesOn = total is { } all ? next < all : hasMore == true || IsFull(call, paging, result);
        return !goesOn ? null
            : paging.PositionArgument is { } argument ? $"more: {argument}={next}{(total is null ? "" : $" of {total}")}"
            : $"There may be more than these {count}: raise {paging.LimitArgument ?? "the limit"}, or narrow the question";
    }

    // As many as were asked for, or exactly as many as come unasked: there may be more.
    private static bool IsFull(Call call, PagingRules paging, JsonElement result) =>
        Count(result) is { } count && (Number(call, paging.LimitArgument) is { } limit ? count >= limit : count == paging.LimitDefault);

    private static string Differing(Uri next, Uri now)
    {
        var known = now.Query.TrimStart('?').Split('&').ToHashSet(StringComparer.Ordinal);
        var pairs = next.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !known.Contains(pair)).Select(Uri.UnescapeDataString).ToList();
        return $"more: {(pairs.Count == 0 ? "the next page has the same arguments" : string.Join(", ", pairs))}";
    }
}
