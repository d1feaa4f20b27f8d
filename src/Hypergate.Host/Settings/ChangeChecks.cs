using Hypergate.Governance.Authorization;
using Hypergate.Governance.Changes;

namespace Hypergate.Host.Settings;

/// <summary>Windows that never open, approvals that nobody can give, and a webhook that others can read.</summary>
internal static class ChangeChecks
{
    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        foreach (var (list, windows) in new[] { ("windows", settings.Changes.Windows), ("freezes", settings.Changes.Freezes) })
        {
            for (var index = 0; index < windows.Count; index++)
            {
                var (window, path) = (windows[index], $"changes.{list}[{index}]");
                if (CronPattern.TryRead(window.Cron) is null)
                {
                    yield return new($"{path}.cron", "must be five fields of cron, such as 0 22 * * mon-fri") { Value = window.Cron };
                }

                if (!TimeZoneInfo.TryFindSystemTimeZoneById(window.TimeZone, out _))
                {
                    yield return new($"{path}.timeZone", "is no time zone that this machine knows, such as Europe/Berlin") { Value = window.TimeZone };
                }
            }
        }

        string[] roles = [.. new RoleBook(settings.Roles).Names];
        for (var index = 0; index < settings.Approvals.Roles.Count; index++)
        {
            if (!roles.Contains(settings.Approvals.Roles[index], StringComparer.Ordinal))
            {
                yield return new($"approvals.roles[{index}]", $"is no role; there are {string.Join(", ", roles)}") { Value = settings.Approvals.Roles[index] };
            }
        }

        if (settings.Approvals.Webhook is { } hook && (!hook.Url.IsAbsoluteUri || hook.Url.UserInfo != "" || !(hook.Url.Scheme == Uri.UriSchemeHttps || (hook.Url.Scheme == Uri.UriSchemeHttp && hook.Url.IsLoopback))))
        {
            yield return new("approvals.webhook.url", "must be an https address without user name, or http on this machine");
        }
    }
}
