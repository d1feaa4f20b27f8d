using System.Text.Json;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Reads a list to its end, page by page.</summary>
internal sealed class PageFollower(Call call, PlatformClient client, CallSender sender, FileShelf? files, TimeProvider time)
{
    private const int MostItems = 10_000;

    // Whoever waits for the list has given up before long; what was read until then is worth more to him.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(60);

    private readonly CallRules _rules = call.Operation.Rules!;
    private readonly PagingRules _paging = call.Operation.Rules!.Paging!;
    private readonly List<JsonElement> _items = [];

    /// <summary>What all pages came to.</summary>
    /// <param name="first">The answer to the call as it is.</param>
    /// <param name="body">Its value.</param>
    /// <param name="template">The request of the call.</param>
    public async Task<JsonElement> FollowAsync(HttpReply first, JsonElement body, HttpRequestSpec template, List<string> notices, CancellationToken cancellationToken)
    {
        var (reply, started) = (first, time.GetTimestamp());
        var start = Pages.Number(call, _paging.PositionArgument);
        var now = new Position(start ?? 1, start ?? 0, null, template.Address);
        for (var pages = 1; ; pages++)
        {
            var value = AnswerPipeline.Select(body, _rules.Response, pages == 1 ? notices : []);
            if (value.ValueKind != JsonValueKind.Array)
            {
                return pages == 1 ? Single(value, reply, body, notices) : Broken($"page {pages} is no list", notices);
            }

            _items.AddRange(value.EnumerateArray());
            if (_items.Count >= MostItems || pages == _paging.MostPages)
            {
                notices.Add($"The list was followed for {pages} pages and {_items.Count} items; there may be more");
                return Joined();
            }

            var next = Next(reply, body, value.GetArrayLength(), now, notices);
            if (next is null)
            {
                return Joined();
            }

            if (time.GetElapsedTime(started) >= LongestReading)
            {
                notices.Add($"Reading on was given up after {LongestReading.TotalSeconds:0} seconds: these are the {_items.Count} items of {pages} pages; there are more");
                return Joined();
            }

            var request = next.Address != now.Address ? template with { Address = next.Address } : Request(next, template, notices);
            now = next;
            if (request is null || (await ReadAsync(request, notices, cancellationToken)) is not { } following)
            {
                return Joined();
            }

            (reply, body) = following;
        }
    }

    private JsonElement Joined() => JsonLists.Of(_items);

    private JsonElement Broken(string why, List<string> notices)
    {
        notices.Add($"The list goes on, but {why}: these are the {_items.Count} items before it");
        return Joined();
    }

    // What is no list cannot be joined; where it goes on is told.
    private JsonElement Single(JsonElement value, HttpReply reply, JsonElement body, List<string> notices)
    {
        if (Pages.More(call, reply, body, value) is { } more)
        {
            notices.Add(more);
        }

        return value;
    }

    /// <param name="Page">Its number.</param>
    /// <param name="Offset">Rows before it.</param>
    /// <param name="Cursor">What the platform calls it.</param>
    /// <param name="Address">The last address that the platform gave; that of the call where it gave none.</param>
    private sealed record Position(int Page, int Offset, string? Cursor, Uri Address);

    private Position? Next(HttpReply reply, JsonElement body, int count, Position now, List<string> notices)
    {
        switch (_paging.Strategy)
        {
            case PagingStrategy.Cursor:
                var cursor = Pages.Cursor(_paging, body);
                var isDone = _paging.HasMore is { } more && Descriptions.Dadl.MoreExpression.Parse(more)?.Evaluate(body) == false;
                return isDone || cursor is null || cursor == now.Cursor ? null
                    : Pages.Address(cursor) is { } whole ? At(whole, now with { Cursor = cursor }, notices)
                    : now with { Cursor = cursor };
            case PagingStrategy.Offset:
                // Platforms give fewer than was asked for, so that what came is counted where they say how much there is.
                var all = Pages.TotalCount(_rules, reply, body);
                var isEnd = all is { } total ? now.Offset + count >= total : IsShort(count, notices);
                return isEnd || count == 0 ? null : now with { Offset = now.Offset + (all is null ? Pages.Number(call, _paging.LimitArgument) ?? count : count) };
            case PagingStrategy.Page:
                var isLast = Pages.TotalPages(_rules, reply, body) is { } pages ? now.Page >= pages
                    : Pages.TotalCount(_rules, reply, body) is { } rows ? _items.Count >= rows
                    : IsShort(count, notices);
                return isLast || count == 0 ? null : now with { Page = now.Page + 1 };
            default:
                return Pages.NextLink(reply) is { } link ? At(link, now, notices) : null;
        }
    }

    // That the first page is the last as well is a guess where nobody tells its size.
    private bool IsShort(int count, List<string> notices)
    {
        var limit = Pages.Number(call, _paging.LimitArgument) ?? _paging.LimitDefault;
        var isShort = count < (limit ?? Pages.UsualLimit);
        if (limit is null && isShort && count > 0 && count == _items.Count)
        {
            notices.Add($"The file does not say how many a page holds; these {count} were taken for all, and there may be more{(_paging.PositionArgument is { } argument ? $": {argument} names a place in the list" : "")}");
        }

        return isShort;
    }

    private static Position? At(Uri next, Position now, List<string> notices)
    {
        if (next == now.Address)
        {
            return null;
        }

        if (Origin.Same(next, now.Address))
        {
            return now with { Address = next };
        }

        notices.Add($"The next page lies on {next.Host}, which is another server; it was not followed");
        return null;
    }

    private HttpRequestSpec? Request(Position position, HttpRequestSpec template, List<string> notices)
    {
        if (_paging.PositionArgument is not { } argument)
        {
            Broken("the file does not say how the next page is asked for", notices);
            return null;
        }

        var value = _paging.Strategy switch
        {
            PagingStrategy.Page => JsonElement.Parse(position.Page.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            PagingStrategy.Offset => JsonElement.Parse(position.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            _ => JsonLists.Text(position.Cursor!),
        };
        var arguments = JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var known in call.Arguments.EnumerateObject().Where(known => known.Name != argument))
            {
                known.WriteTo(writer);
            }

            writer.WritePropertyName(argument);
            value.WriteTo(writer);
            writer.WriteEndObject();
        });
        var next = CallRequest.Build(call with { Arguments = arguments }, client.ApiAddress, CallFiles.Of(call, files), out var problem);
        if (next is null)
        {
            Broken($"the next page cannot be asked for ({problem})", notices);
        }

        return next is null ? null : next with { Receive = template.Receive, TimeLimit = template.TimeLimit };
    }

    private async Task<(HttpReply Reply, JsonElement Body)?> ReadAsync(HttpRequestSpec request, List<string> notices, CancellationToken cancellationToken)
    {
        var sent = await sender.SendAsync(request, _rules, cancellationToken);
        var error = sent.Problem;
        if (error is null && sent.Result is HttpReply { IsSuccess: true } reply)
        {
            error = AnswerReader.Read(call, reply, out var body, out _);
            if (error is null)
            {
                return (reply, body);
            }
        }

        error ??= sent.Result is HttpReply failed ? CallErrors.Of(failed, _rules.Errors) : CallErrors.Of((TransportFailure)sent.Result);
        notices.Add($"A later page could not be read ({error.Code}): these are the {_items.Count} items before it");
        return null;
    }
}
