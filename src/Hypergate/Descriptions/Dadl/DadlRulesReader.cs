using System.Globalization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads how a call is paged, how its failures are told, and what becomes of its answer.</summary>
internal static class DadlRulesReader
{
    private const int MostPages = 50;
    private const int MostRetries = 10;

    /// <summary>The paging that stands in a map; null for none or <c>none</c>.</summary>
    public static PagingRules? Paging(DadlSection holder)
    {
        if (holder.Find("pagination") is DadlNode.Scalar { Text: "none" } || holder.Map("pagination") is not { } paging)
        {
            return null;
        }

        paging.Know("strategy", "request", "response", "behavior", "max_pages");
        if (!paging.Has("strategy"))
        {
            paging.Fault(DadlRules.ClosedValue, "", "strategy is missing: cursor, offset, page or link_header");
        }

        var strategy = paging.Choice("strategy", DadlRules.ClosedValue, "cursor", "offset", "page", "link_header") switch
        {
            "offset" => PagingStrategy.Offset,
            "page" => PagingStrategy.Page,
            "link_header" => PagingStrategy.LinkHeader,
            _ => PagingStrategy.Cursor,
        };
        var (request, response) = (paging.Map("request"), paging.Map("response"));
        request?.Know("cursor_param", "page_param", "offset_param", "limit_param", "limit_default");
        response?.Know("next_cursor", "has_more", "total_pages_header", "total_count_header");
        CheckHasMore(response);
        return new PagingRules
        {
            Strategy = strategy,
            IsAutomatic = paging.Choice("behavior", DadlRules.ClosedValue, "auto", "expose") == "auto",
            Position = strategy switch
            {
                PagingStrategy.Page => request?.Text("page_param") ?? request?.Text("cursor_param"),
                PagingStrategy.Offset => request?.Text("offset_param") ?? request?.Text("cursor_param"),
                PagingStrategy.Cursor => request?.Text("cursor_param"),
                _ => null,
            },
            Limit = request?.Text("limit_param"),
            LimitDefault = request?.Number("limit_default"),
            NextCursor = Path(response, "next_cursor"),
            HasMore = response?.Text("has_more"),
            TotalPagesHeader = response?.Text("total_pages_header"),
            TotalCountHeader = response?.Text("total_count_header"),
            MostPages = Math.Clamp(paging.Number("max_pages") ?? 20, 1, MostPages),
        };
    }

    public static ErrorRules Errors(DadlSection errors, int version)
    {
        errors.Know("format", "message_path", "code_path", "retry_on", "terminal", "retry_strategy", "rate_limit", "map");
        errors.AreNew(version, "map");
        var (retry, terminal) = (errors.Numbers("retry_on"), errors.Numbers("terminal"));
        if (retry.Intersect(terminal).ToList() is { Count: > 0 } both)
        {
            errors.FaultOf(both[0].ToString(CultureInfo.InvariantCulture), DadlRules.RetryAndTerminal, "retry_on", $"{string.Join(", ", both)} stands in retry_on and in terminal: take it out of one");
        }

        if (retry.Where(static status => status is < 400 or > 599).ToList() is [var odd, ..])
        {
            errors.FaultOf(odd.ToString(CultureInfo.InvariantCulture), DadlRules.OddRetry, "retry_on", "holds a status that is no error: the call is repeated until another comes");
        }

        var (strategy, rate) = (errors.Map("retry_strategy"), errors.Map("rate_limit"));
        strategy?.Know("max_retries", "backoff", "initial_delay");
        rate?.Know("header", "retry_after_header");
        return new ErrorRules
        {
            Format = errors.Choice("format", DadlRules.WrongType, "json", "text", "xml") switch { "text" => ErrorFormat.Text, "xml" => ErrorFormat.Xml, _ => ErrorFormat.Json },
            MessagePath = Path(errors, "message_path"),
            CodePath = Path(errors, "code_path"),
            RetryOn = retry,
            Terminal = terminal,
            MostRetries = Math.Clamp(strategy?.Number("max_retries") ?? 3, 0, MostRetries),
            Growth = strategy?.Choice("backoff", DadlRules.WrongType, "exponential", "linear", "fixed") switch { "linear" => RetryGrowth.Linear, "fixed" => RetryGrowth.Fixed, _ => RetryGrowth.Exponential },
            FirstDelay = strategy?.Duration("initial_delay") ?? TimeSpan.FromSeconds(1),
            QuotaHeader = rate?.Text("header"),
            ResetHeader = rate?.Text("retry_after_header"),
            Codes = Codes(errors),
        };
    }

    public static ResponseRules Response(DadlSection response, int version)
    {
        response.Know("result_path", "metadata_path", "transform", "redact", "allow_jq_override", "max_items", "type", "ttl", "binary", "content_type", "streaming", "stream_handling", "max_duration");
        response.AreNew(version, "redact");
        var redact = response.Texts("redact");
        foreach (var path in redact.Where(static path => !JsonPath.TryParse(path, out _)))
        {
            response.FaultOf(path, DadlRules.Path, "redact", $"{DadlFaults.Quoted(path)} is not a path such as $.card[*].number");
        }

        if (response.Text("transform") is { } jq && !string.IsNullOrWhiteSpace(jq))
        {
            response.Faults.Note(DadlRules.Transform, response.At("transform"), response.Find("transform")!, jq);
        }

        var isFile = response.Has("type") && response.Choice("type", DadlRules.WrongType, "json", "file_url", "text") == "file_url";
        return new ResponseRules
        {
            ResultPath = Path(response, "result_path"),
            MetadataPath = Path(response, "metadata_path"),
            Transform = response.Text("transform") is { } program && !string.IsNullOrWhiteSpace(program) ? program : null,
            Redact = redact,
            MostItems = response.Number("max_items"),
            IsFile = isFile || response.Flag("binary") == true,
            FileType = response.Text("content_type"),
            FileLifetime = response.Duration("ttl") ?? TimeSpan.FromHours(1),
            IsStream = response.Flag("streaming") ?? false,
            SkipsStream = response.Choice("stream_handling", DadlRules.ClosedValue, "collect", "skip") == "skip",
            StreamLimit = response.Duration("max_duration") is { } limit ? (limit < TimeSpan.FromMinutes(5) ? limit : TimeSpan.FromMinutes(5)) : TimeSpan.FromSeconds(10),
        };
    }

    /// <summary>A path in the dialect; null where it is none.</summary>
    public static string? Path(DadlSection? section, string key)
    {
        if (section?.Text(key) is not { } path)
        {
            return null;
        }

        if (JsonPath.TryParse(path, out _))
        {
            return path;
        }

        section.Fault(DadlRules.Path, key, $"{DadlFaults.Quoted(path)} is not a path such as $.data[0].id");
        return null;
    }

    private static void CheckHasMore(DadlSection? response)
    {
        if (response?.Text("has_more") is { } expression && MoreExpression.Parse(expression) is null)
        {
            response.Fault(DadlRules.Path, "has_more", $"{DadlFaults.Quoted(expression)} is neither a path nor a comparison such as $.page < $.pages", isMild: true);
        }
    }

    // YAML gives the status as a number as readily as as a text.
    private static Dictionary<int, string> Codes(DadlSection errors)
    {
        var codes = new Dictionary<int, string>();
        foreach (var (status, code) in errors.Pairs("map"))
        {
            if (int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 400 and <= 599)
            {
                codes[number] = code;
            }
            else
            {
                errors.FaultOf(status, DadlRules.WrongType, "map", $"{DadlFaults.Quoted(status)} is not a status from 400 to 599");
            }
        }

        return codes;
    }
}
