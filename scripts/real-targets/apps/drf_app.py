"""Books with authors, as the tutorial of Django REST framework would write them. `schema` prints the OpenAPI document."""
import sys

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="for a trial alone",
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[2]}},
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework import routers, serializers, viewsets  # noqa: E402


class Author(models.Model):
    name = models.CharField(max_length=80)
    born = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "library"


class Book(models.Model):
    title = models.CharField(max_length=120)
    pages = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)

    class Meta:
        app_label = "library"


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["id", "name", "born"]


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "pages", "author"]


class Authors(viewsets.ModelViewSet):
    queryset = Author.objects.order_by("id")
    serializer_class = AuthorSerializer


class Books(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("id")
    serializer_class = BookSerializer


router = routers.DefaultRouter()
router.include_root_view = False
router.include_format_suffixes = False
router.register("authors", Authors)
router.register("books", Books)
urlpatterns = [path("", include(router.urls))]

if sys.argv[1] == "schema":
    from rest_framework.renderers import JSONOpenAPIRenderer
    from rest_framework.schemas.openapi import SchemaGenerator

    schema = SchemaGenerator(title="Library", version="1", patterns=urlpatterns).get_schema(public=True)
    print(JSONOpenAPIRenderer().render(schema).decode())
else:
    with connection.schema_editor() as editor:
        editor.create_model(Author)
        editor.create_model(Book)
    call_command("runserver", f"127.0.0.1:{sys.argv[3]}", use_reloader=False)
