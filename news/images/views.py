"""The images of one story, for those who write it and for the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from news.images import actions
from news.images.forms import ImageForm, ImageWordsForm
from news.stories.models import Story, StoryImage
from news.stories.views import story_or_404


def _story(request: SignedIn, pk: int, desk: bool) -> Story:
    return story_or_404(request, pk, "news.change_story", desk=desk)


def _names(desk: bool) -> dict[str, str]:
    room = "newsdesk" if desk else "news"
    return {
        "list": f"{room}:images",
        "image": f"{room}:image",
        "remove": f"{room}:image_remove",
        "back": "newsdesk:story" if desk else "news:own_story",
    }


@form_view(fresh=True)
def image_list(request: SignedIn, pk: int, *, desk: bool) -> HttpResponse:
    story = _story(request, pk, desk)
    form = ImageForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImageForm(request.POST, request.FILES)
        if form.is_valid():
            with refusal_on(form):
                actions.add_image(
                    story, actor=request.user, upload=form.cleaned_data["image"], words=form.cleaned_data
                )
                messages.success(request, _("The image is added."))
                return redirect(_names(desk)["list"], pk)
    context = {
        "story": story,
        "images": list(story.images.all()),
        "form": form,
        "names": _names(desk),
        "desk": desk,
    }
    return render(request, "news/images/images.html", context)


@form_view()
def image(request: SignedIn, pk: int, image: int, *, desk: bool) -> HttpResponse:
    story = _story(request, pk, desk)
    story_image = get_object_or_404(StoryImage.objects.visible_to(request.user).filter(story=story), pk=image)
    words = {"alt": story_image.alt, "caption": story_image.caption, "credit": story_image.credit}
    form = ImageWordsForm(request.POST if request.method == "POST" else None, initial=words)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.describe_image(story_image, actor=request.user, words=form.cleaned_data)
            messages.success(request, _("The words are saved."))
            return redirect(_names(desk)["list"], pk)
    context = {"story": story, "image": story_image, "form": form, "names": _names(desk), "desk": desk}
    return render(request, "news/images/image.html", context)


@act_view()
def remove(request: SignedIn, pk: int, image: int, *, desk: bool) -> HttpResponse:
    story = _story(request, pk, desk)
    story_image = get_object_or_404(StoryImage.objects.visible_to(request.user).filter(story=story), pk=image)
    with refusal_as_warning(request):
        actions.remove_image(story_image, actor=request.user)
        messages.success(request, _("The image is removed."))
    return redirect(_names(desk)["list"], pk)
