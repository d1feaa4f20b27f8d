using Hypergate.Backends.Rest.Calls;

namespace Hypergate.Tests.Backends.Rest;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("</list?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("</p>; rel=\"prev\", </n>; rel=\"next\",</l>; rel=\"last\"", "/n")]
    [InlineData("</p>; rel=\"prev\",   </n>; rel=\"last next\"", "/n")]
    [InlineData("</p>; rel=prev;title=\"a, <x>; rel=next \\\"q\\\"\", </n> ; title=n ; rel = next", "/n")]
    [InlineData("</n>; REL=NEXT", "/n")]
    [InlineData("</n?a=1,2;b>; rel=next", "/n?a=1,2;b")]
    [InlineData("</p>; rel=prev; rel=next", null)]
    [InlineData("</p>; rel=\"nextish\"; xrel=next; next", null)]
    [InlineData("</p>; rel=\"next", "/p")]
    [InlineData("</p; rel=next", null)]
    [InlineData("", null)]
    public void The_link_of_a_relation_is_found_whatever_stands_between(string header, string? target) => Assert.Equal(target, LinkHeader.Find(header, "next"));
}
